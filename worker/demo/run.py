"""What `putokaz demo` and `putokaz up` do, in order, with a line for each step and the address at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from temporalio.service import RPCError

from eventlog.log import EventLog
from vault.documents import Documents
from vault.identities import Identities
from worker.demo.caseload import seed
from worker.demo.clients import introduce
from worker.demo.clock import parse_speed, start_clock
from worker.demo.mail import mail_sink
from worker.demo.papers import file_papers
from worker.demo.staff import STAFF
from worker.development.errors import ProcessFailed
from worker.development.processes import Children, stop_on_signals
from worker.development.progress import Progress
from worker.development.state import State, open_state
from worker.parts import opened
from worker.settings import Mode, Settings
from worker.stack import Stack, local_stack
from worker.temporal import temporal
from workflows.messages import LOOK_AGAIN, OF_STREAMS

SEEDED = "seeded"


@dataclass(frozen=True, slots=True)
class Caseload:
    """What the log holds."""

    journeys: int
    events: int


def run_demo(folder: Path, *, speed: str | None) -> None:
    """Until Ctrl-C. Raises `DevelopmentError` with what to do."""
    rate = parse_speed(speed) if speed else 1.0
    progress = Progress()
    with open_state(folder) as state, running(state, progress, Mode.DEMO) as stack:
        caseload = prepare(stack, progress, rate)
        stack.start_processes()
        if rate != 1.0:
            asyncio.run(nudge(stack.settings))
        state.announce(stack.address)
        closing = [
            ("Caseload", f"{caseload.journeys} invented journeys, {caseload.events} events"),
            ("Workflows", stack.settings.temporal_ui or "–"),
            ("Mail", str(state.folder / "mail")),
            ("Time", _pace(rate)),
            ("Stop", "Ctrl-C; started again it continues"),
            ("DEMO", "Invented people only. Do not enter real ones."),
            ("Open", stack.address),
        ]
        progress.closing(closing)
        watch(stack)


def _pace(rate: float) -> str:
    if rate == 1.0:
        return "as usual; with ARGS='--speed 1d=10s' days pass while you watch"
    return f"a day passes in {86400 / rate:g} s"


def run_up(folder: Path) -> None:
    """Until Ctrl-C, without a caseload."""
    progress = Progress()
    with open_state(folder) as state, running(state, progress, Mode.DEMO) as stack:
        # There is no page yet on which to add members of staff: the invented ones stand in.
        with opened(stack.settings, connections=1) as parts:
            for member in STAFF:
                parts.directory.put(member)
        stack.start_processes()
        state.announce(stack.address)
        progress.closing([("Workflows", stack.settings.temporal_ui or "–"), ("Open", stack.address)])
        watch(stack)


@contextmanager
def running(state: State, progress: Progress, mode: Mode) -> Iterator[Stack]:
    """The servers and a mail sink, for as long as the block lasts."""
    with Children(state.records) as children, stop_on_signals(children):
        left = children.stop_leftovers()
        if left:
            progress.note(f"ended what an earlier run left behind: {', '.join(left)}")
        with (
            mail_sink(state.folder / "mail") as smtp_port,
            local_stack(state, children, progress, mode=mode, smtp_port=smtp_port) as stack,
        ):
            yield stack


def prepare(stack: Stack, progress: Progress, rate: float) -> Caseload:
    """The caseload, written at the first start, and the clock going on from where the log is."""
    done = stack.state.folder / SEEDED
    admin = stack.settings.model_copy(update={"writer_url": None})
    if not done.exists():
        with progress.step("40 invented journeys, 18 months of them"), opened(admin, connections=2) as parts:
            seeded = seed(parts, progress=lambda _done, _all: None)
            with closing(Identities(stack.settings.vault, parts.keys)) as identities:
                introduce(identities)
            with closing(Documents(stack.settings.vault, parts.keys)) as documents:
                file_papers(parts, documents)
        done.write_text(f"{seeded.journeys} {seeded.events}\n", encoding="utf-8")
    with EventLog(admin.writer, size=1) as log:
        start_clock(log, rate)
        journeys = int(done.read_text(encoding="utf-8").split()[0])
        return Caseload(journeys, log.head())


async def nudge(settings: Settings) -> None:
    """Tells every running workflow to look at the clock again: their timers were set at another speed."""
    client = await temporal(settings)
    running = f'{OF_STREAMS} AND ExecutionStatus = "Running"'
    async for execution in client.list_workflows(running):
        try:
            await client.get_workflow_handle(execution.id).signal(LOOK_AGAIN)
        except RPCError:  # it ended meanwhile
            continue


def watch(stack: Stack) -> None:
    """Blocks until Ctrl-C. Raises `ProcessFailed` when a part ends unasked."""
    ended = stack.children.watch()
    if ended is not None:
        raise ProcessFailed(f"{ended.name} ended unasked; its last words:\n{ended.log_tail()}")
