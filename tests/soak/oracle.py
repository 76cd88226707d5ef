"""The oracle: waits until the system has come to rest, then holds everything that was said against what there is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import closing

from eventlog.heads import SignedHead, read_heads
from eventlog.heads_key import load_heads_key
from eventlog.log import EventLog
from eventlog.verify import verify
from projections.comparing import compare
from projections.reader import Reader
from projections.status import status
from tests.soak.commands import Client
from tests.soak.faults import Done
from tests.soak.journal import Journal
from tests.soak.oracle_answers import check_answers
from tests.soak.oracle_reminders import check_reminders, undelivered
from tests.soak.oracle_wakes import check_wakes, wanted_wakes
from tests.soak.system import System
from tests.soak.verdict import Fault, Verdict
from worker.relay_position import RelayPosition
from worker.temporal import temporal

REST = 600.0
"""Seconds in which the system must come to rest: a letter that was refused is tried again after up to five minutes."""
_STILL = 3.0


async def until_rest(system: System, clients: Sequence[Client], say: Callable[[str], None]) -> str | None:
    """Returns when log, relay, read models and letters stand still; else what does not, after `REST` seconds."""
    began = time.monotonic()
    while True:
        waiting = await asyncio.to_thread(_waiting, system, clients)
        if waiting is None or time.monotonic() - began > REST:
            return waiting
        say(f"waiting for rest: {waiting}")
        await asyncio.sleep(5.0)


def _waiting(system: System, clients: Sequence[Client]) -> str | None:
    settings = system.stack.settings
    with EventLog(system.admin, size=2) as log, closing(RelayPosition(system.admin)) as position:
        head = log.head()
        time.sleep(_STILL)
        if (moved := log.head()) != head:
            return f"the log moved by {moved - head}"
        if (told := position.read()) < head:
            return f"the relay is {head - told} events behind"
        with Reader(settings.reader, size=1) as reader:
            behind = [model.name.value for model in status(reader) if model.position < head]
        if behind:
            return f"behind: {', '.join(behind)}"
        if missing := undelivered(log, clients):
            return f"{missing} messages without a receipt"
    return None


async def judge(
    system: System,
    journal: Journal,
    clients: Sequence[Client],
    faults: Sequence[Done],
    say: Callable[[str], None],
) -> Verdict:
    """The whole judgment on a system at rest."""
    verdict = Verdict()
    say("answers against the log")
    await asyncio.to_thread(check_answers, system.admin, journal, verdict)
    say("chain and signed heads")
    await asyncio.to_thread(check_chain, system, verdict)
    say("read models against the log")
    await asyncio.to_thread(check_read_models, system, verdict)
    say("reminders")
    with EventLog(system.admin, size=2) as log:
        letters = list(system.mailbox.letters)
        await asyncio.to_thread(check_reminders, log, clients, letters, faults, verdict)
        wanted = await asyncio.to_thread(wanted_wakes, log, clients)
    say("timers")
    await check_wakes(await temporal(system.stack.settings), wanted, verdict)
    return verdict


def check_chain(system: System, verdict: Verdict) -> None:
    """The chain, and what the worker signed of it meanwhile."""
    settings = system.stack.settings
    assert settings.heads_file is not None
    assert settings.heads_key_file is not None
    heads: list[SignedHead] = []
    if settings.heads_file.exists() and settings.heads_file.stat().st_size:
        heads, wrong = read_heads(settings.heads_file, [load_heads_key(settings.heads_key_file).public])
        verdict.add_all(Fault.CHAIN, (finding.says for finding in wrong))
    verified = verify(system.admin, heads)
    verdict.figures |= {"events": verified.events, "signed heads": verified.heads}
    verdict.add_all(Fault.CHAIN, (finding.says for finding in verified.findings))


def check_read_models(system: System, verdict: Verdict) -> None:
    """Every table by SHA-256, and nothing parked."""
    for table in compare(system.stack.settings.reader):
        if not table.is_equal or table.parked:
            verdict.add(Fault.READ_MODEL, f"{table.table}: {table.differing} journeys differ, {table.parked} parked")
