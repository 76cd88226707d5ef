"""Controls: what is broken on purpose must be found, or the oracle sees nothing and its silence is worth nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from domain.message import MessageSent
from eventlog.log import EventLog
from tests.soak.clients import Memory
from tests.soak.faults import Done
from tests.soak.journal import Sent, Told
from tests.soak.oracle import check_chain, check_read_models
from tests.soak.oracle_answers import check_answers
from tests.soak.oracle_reminders import check_reminders, receipt_of
from tests.soak.oracle_wakes import check_wakes, wanted_wakes
from tests.soak.plan import Fault as PlannedFault
from tests.soak.plan import FaultKind, Part
from tests.soak.run import Bench, Say, Size, bench, under_faults
from tests.soak.system import execute
from tests.soak.verdict import Fault, Verdict
from worker.temporal import temporal

_MINI = Size(seconds=60.0, journeys=60, quiet=0, clients=32, rate=1.0)


@dataclass(frozen=True, slots=True)
class Control:
    """Something done wrong on purpose, as what it must be found, and how often it was."""

    name: str
    wanted: Fault
    found: int

    @property
    def seen(self) -> bool:
        """Whether the oracle saw it."""
        return self.found > 0


async def on_a_judged_system(bench: Bench, faults: Sequence[Done]) -> list[Control]:
    """Spoils a system that has been judged, one thing after the other, and looks again with the same eyes."""
    found: list[Control] = []
    for service in bench.system.services:
        await asyncio.to_thread(service.stop)
    found.append(await _terminated(bench))

    def look(name: str, wanted: Fault, check: Callable[[Verdict], None]) -> None:
        verdict = Verdict()
        check(verdict)
        found.append(Control(name, wanted, verdict.counts[wanted]))

    system, letters = bench.system, bench.system.mailbox.letters

    def reminders(verdict: Verdict) -> None:
        with EventLog(system.admin, size=2) as log:
            check_reminders(log, bench.clients, letters, faults, verdict)

    lost, told = _receipted(bench)
    letters[:] = [each for each in letters if each.message != lost]
    look("a letter that the mail server never took", Fault.RECEIPT_ALONE, reminders)
    execute(system.admin, f"DELETE FROM eventlog.stored_events WHERE originator_id = 'message-{told}'")
    look("a receipt that was never recorded", Fault.NOT_DELIVERED, reminders)
    with EventLog(system.admin, size=1) as log:
        log.set_clock(log.now() + timedelta(days=400))
    look("timers that never ran out", Fault.NOT_FIRED, reminders)
    execute(system.admin, "DELETE FROM projections.journey_file_v1 WHERE ctid = '(0,1)'")
    execute(system.admin, "DELETE FROM projections.journey_list_v1")
    look("rows missing from a read model", Fault.READ_MODEL, lambda v: check_read_models(system, v))
    sent = _recorded(bench.journal.sent)
    execute(system.admin, f"DELETE FROM eventlog.stored_events WHERE command_id = '{sent.keys[0]}'")
    look(
        "an event deleted from the log: by the answers",
        Fault.LOST,
        lambda v: check_answers(system.admin, bench.journal, v),
    )
    look("an event deleted from the log: by the chain", Fault.CHAIN, lambda v: check_chain(system, v))
    return found


def _receipted(bench: Bench) -> tuple[str, str]:
    """Two messages that arrived under their own name and whose receipt says so: none that was dropped later."""
    messages = list(dict.fromkeys(letter.message for letter in bench.system.mailbox.letters))
    with EventLog(bench.system.admin, size=1) as log:
        receipts = ((each, receipt_of(log, f"message-{each}")) for each in messages)
        own = (each for each, receipt in receipts if isinstance(receipt, MessageSent) and receipt.digest is None)
        return next(own), next(own)


async def _terminated(bench: Bench) -> Control:
    client = await temporal(bench.system.stack.settings)
    with EventLog(bench.system.admin, size=2) as log:
        wanted = await asyncio.to_thread(wanted_wakes, log, bench.clients)
    await client.get_workflow_handle(wanted[0].stream).terminate(reason="control")
    verdict = Verdict()
    await check_wakes(client, wanted[:1], verdict)
    # Without workers (their audit would start it again) a healthy workflow is silent too: only what was done counts.
    ended = [each for each in verdict.examples.get(Fault.NO_TIMER, []) if "TERMINATED" in each]
    return Control("a workflow that somebody ended", Fault.NO_TIMER, len(ended))


def _recorded(sent: Sequence[Sent]) -> Sent:
    recorded = [each for each in sent if each.told is Told.RECORDED]
    return recorded[len(recorded) // 2]


async def unsafe_commit(seed: int, say: Say) -> Control:
    """PostgreSQL that acknowledges before it has written: killed, it forgets decisions. The oracle must miss them."""
    async with bench(_MINI, seed, say) as running:
        execute(running.system.admin, "ALTER SYSTEM SET synchronous_commit = off")
        execute(running.system.admin, "SELECT pg_reload_conf()")
        await under_faults(running, _only(Random(seed), FaultKind.KILL, Part.POSTGRES, every=1.5), _MINI)
        verdict = Verdict()
        check_answers(running.system.admin, running.journal, verdict)
    return Control("synchronous_commit=off under kill -9", Fault.LOST, verdict.counts[Fault.LOST])


async def forgotten_keys(seed: int, say: Say) -> Control:
    """Clients that make a new key for every try: what they send again counts twice. The oracle must see it."""
    async with bench(_MINI, seed, say, memory=Memory.FORGETS_KEY) as running:
        await under_faults(running, _only(Random(seed), FaultKind.KILL, Part.WEB, every=1.0), _MINI)
        verdict = Verdict()
        check_answers(running.system.admin, running.journal, verdict)
    return Control("clients that send again with a new key", Fault.TWICE, verdict.counts[Fault.TWICE])


def _only(random: Random, kind: FaultKind, part: Part, *, every: float) -> Iterator[PlannedFault]:
    while True:
        yield PlannedFault(kind, part, every, 0.1, instance=random.random())
