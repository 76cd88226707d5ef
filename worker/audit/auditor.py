"""One audit from end to end: look, wait, ask those that still differ, heal, look whether it helped, write it down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar
from uuid import uuid4

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import Unavailable
from eventlog.log import EventLog
from projections.audits import Audit, AuditFault, AuditFinding
from worker.audit.book import AuditBook
from worker.audit.expected import Expectations, Expected
from worker.audit.healing import Means, Stage, apply, means
from worker.audit.judging import Moment, Seen, Trouble, judge
from worker.audit.watching import Runs
from workflows.messages import TASK_QUEUE

T = TypeVar("T")

_log = structlog.get_logger("putokaz.audit")

AT_ONCE = 4
"""Calls to Temporal at the same time: few, so that people who wait for an answer come in between."""
_EACH = 0.1
"""Seconds of patience more for each workflow that is started or told: Temporal starts some eighty a second."""
FEW = 20
"""So many workflows are asked one by one; more are looked up in one list first."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an audit waits, in real time.

    `grace`: for what only lags; `answer`: for a workflow's answer; `overdue`: after a wake that nobody fired;
    `healing`: for what was healed to show it; `polled`: since a worker of some release was last seen.
    """

    grace: timedelta = timedelta(seconds=10)
    answer: timedelta = timedelta(seconds=5)
    overdue: timedelta = timedelta(minutes=5)
    healing: timedelta = timedelta(seconds=30)
    polled: timedelta = timedelta(minutes=4)


USUAL = Patience()


@dataclass(frozen=True, slots=True)
class Case:
    """A workflow that differs: how, as what it was seen, and the version that it should know by now.

    `is_overdue`: a moment of its journey has passed unused. Without that, one that only gives no answer is asked again
    by the next audit before anybody is alarmed: a worker under load answers late.
    """

    fault: AuditFault
    seen: Seen | None
    due: int
    is_overdue: bool


class Auditor:
    """Compares and heals. One audit at a time; repeated, it reads of the log only what has changed since."""

    def __init__(
        self,
        client: Client,
        log: EventLog,
        book: AuditBook,
        *,
        task_queue: str = TASK_QUEUE,
        patience: Patience = USUAL,
    ) -> None:
        self._client = client
        self._log = log
        self._book = book
        self._task_queue = task_queue
        self._patience = patience
        self._runs = Runs(client, task_queue, answer=patience.answer, polled=patience.polled)
        self._expectations = Expectations(log)
        self._silent: dict[str, str] = {}
        """The runs that gave no answer to the last audit, by stream."""
        self._untold: dict[str, Case] = {}
        """What an audit began to heal that was cut off before it was written down: the next one reports it."""
        self._turn = asyncio.Lock()

    async def audit(self) -> Audit:
        """One audit, written down. Raises `Unavailable` where log or Temporal do not answer; then try again."""
        async with self._turn:
            try:
                audit = await self._audit()
            except RPCError as away:
                raise Unavailable("the workflows could not be audited: Temporal does not answer") from away
            await asyncio.to_thread(self._book.write, audit)
            self._untold = {}
        _tell(audit)
        return audit

    async def _audit(self) -> Audit:
        began = time.monotonic()
        # Temporal first: what a workflow knew then, the log holds by the time it is read.
        await self._runs.look_for_workers()
        seen = await self._runs.running()
        expected = await self._read()
        journeys, workflows = sum(each.needs_workflow for each in expected.values()), len(seen)
        suspected = self._differing(expected, seen, await self._moment(), expected.keys() | seen.keys())
        confirmed = await self._confirmed(suspected) if suspected else {}
        silent = {s: c.seen.run for s, c in confirmed.items() if c.seen and c.seen.trouble is Trouble.SILENT}
        again = {stream for stream, run in silent.items() if self._silent.get(stream) == run}
        cases = {s: c for s, c in confirmed.items() if s not in silent or s in again or c.is_overdue}
        self._untold = cases | self._untold
        left = dict(cases)
        for stage in Stage:
            left = await self._healed(left, stage)
        self._silent = silent
        wrong = left.keys() | silent.keys() - cases.keys()
        findings = [AuditFinding(stream, case.fault, stream not in wrong) for stream, case in self._untold.items()]
        return Audit(uuid4(), time.monotonic() - began, journeys, workflows, tuple(findings))

    async def _confirmed(self, suspected: Mapping[str, Case]) -> dict[str, Case]:
        """Those that differ still after the grace from what the log held before it, by their own word."""
        await asyncio.sleep(self._patience.grace.total_seconds())
        return await self._look(suspected)

    async def _look(self, cases: Mapping[str, Case], *, ask_many: bool = True) -> dict[str, Case]:
        """Which of these differ now. Many are looked up in the list first, since asking each takes its time.

        Without `ask_many`, many that differ by the list are believed to.
        """
        await self._runs.look_for_workers()
        left: Collection[str] = cases
        if len(left) > FEW:
            seen, expected = await self._runs.running(), await self._read()
            differing = self._differing(expected, seen, await self._moment(), cases, cases)
            if len(differing) > FEW and not ask_many:
                return differing
            left = differing.keys()
        answers = dict(await _each(partial(self._asked, stream) for stream in left))
        # The log after the answers: nobody can know more than it holds.
        return self._differing(await self._read(), answers, await self._moment(), left, cases)

    async def _asked(self, stream: str) -> tuple[str, Seen | None]:
        return stream, await self._runs.ask(stream)

    async def _healed(self, cases: dict[str, Case], stage: Stage) -> dict[str, Case]:
        """Does what this stage provides and returns what differs all the same after a while."""
        todo = {
            stream: chosen
            for stream, case in cases.items()
            if (chosen := self._means(stream, case, stage)) is not Means.NOTHING
        }
        if not todo:
            return cases
        await _each(
            partial(apply, self._client, chosen, stream, cases[stream].due, cases[stream].seen, self._task_queue)
            for stream, chosen in todo.items()
        )
        waiting = {stream: cases[stream] for stream in todo}
        pause, until = 0.5, time.monotonic() + self._patience.healing.total_seconds() + _EACH * len(todo)
        while waiting and (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(pause, left))
            pause = min(pause * 2, 5.0)
            waiting = await self._look(waiting, ask_many=time.monotonic() >= until)
        return {stream: case for stream, case in cases.items() if stream not in todo} | waiting

    def _means(self, stream: str, case: Case, stage: Stage) -> Means:
        silent_before = case.seen is not None and self._silent.get(stream) == case.seen.run
        return means(case.fault, case.seen, stage, silent_before=silent_before)

    def _differing(
        self,
        expected: Mapping[str, Expected],
        seen: Mapping[str, Seen | None],
        moment: Moment,
        streams: Iterable[str],
        before: Mapping[str, Case] | None = None,
    ) -> dict[str, Case]:
        found = {}
        for stream in streams:
            wanted, shown = expected.get(stream), seen.get(stream)
            head = wanted.version if wanted else 0
            due = min(head, before[stream].due) if before else head
            fault = judge(wanted, shown, moment, due=due)
            if fault is not None:
                found[stream] = Case(fault, shown, due, wanted is not None and moment.is_past(wanted.wake))
        return found

    async def _read(self) -> Mapping[str, Expected]:
        return await asyncio.to_thread(self._expectations.read)

    async def _moment(self) -> Moment:
        now, rate = await asyncio.to_thread(lambda: (self._log.now(), self._log.clock_rate()))
        return Moment(now, self._patience.overdue * rate)


async def _each(calls: Iterable[Callable[[], Awaitable[T]]]) -> list[T]:
    """The answers of all calls, a few at a time. Raises the first error once those under way have ended."""
    waiting, answers, failed = iter(calls), list[T](), list[Exception]()

    async def work() -> None:
        for call in waiting:
            if failed:
                return
            try:
                answers.append(await call())
            except Exception as error:
                failed.append(error)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    if failed:
        raise failed[0]
    return answers


def _tell(audit: Audit) -> None:
    say = _log.error if audit.unmended else _log.warning if audit.mended else _log.info
    say(
        "workflows audited",
        journeys=audit.journeys,
        workflows=audit.workflows,
        healed=len(audit.mended),
        not_healed=len(audit.unmended),
        seconds=round(audit.seconds, 2),
    )
