"""A log, a Temporal and an auditor with little patience, for tests that break one and see the other healed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle

from domain.journey import wakes
from domain.journey.state import journey_stream
from projections.audits import Audit, AuditFault
from projections.install import install
from tests.fix_engine import Bench
from tests.fix_eventlog import as_role
from worker.audit.auditor import Auditor, Patience
from worker.audit.book import AuditBook
from worker.audit.watching import Runs
from worker.codec import data_converter
from worker.keyring import KeyRing
from worker.relay import tell

LITTLE = Patience(
    grace=timedelta(seconds=0.5),
    answer=timedelta(seconds=3),
    overdue=timedelta(seconds=60),
    healing=timedelta(seconds=8),
)


@dataclass
class Ward:
    """What a test of audits works with. `journeys` are those that it opened and started."""

    bench: Bench
    client: Client
    book: AuditBook
    queue: str = field(default_factory=lambda: f"q-{uuid4()}")
    patience: Patience = LITTLE
    journeys: list[UUID] = field(default_factory=list)
    auditor: Auditor = field(init=False)

    def __post_init__(self) -> None:
        self.auditor = self.another()

    def another(self) -> Auditor:
        """An auditor that remembers nothing."""
        return Auditor(self.client, self.bench.log, self.book, task_queue=self.queue, patience=self.patience)

    def handle(self, journey: UUID) -> WorkflowHandle[object, object]:
        """Its newest run."""
        return self.client.get_workflow_handle(journey_stream(journey))

    async def run_of(self, journey: UUID) -> str | None:
        """The id of its running run; None where none runs."""
        described = await self.handle(journey).describe()
        return described.run_id if described.status is WorkflowExecutionStatus.RUNNING else None

    def version(self, journey: UUID) -> int:
        """The head of its stream."""
        state = self.bench.recorder.journey(journey_stream(journey))
        return state.version if state else 0

    async def open(self, count: int = 1) -> UUID:
        """Opens journeys and waits until their workflows are level; the last one."""
        for _ in range(count):
            journey = self.bench.opened()
            self.journeys.append(journey)
            await tell(self.client, journey_stream(journey), self.version(journey), task_queue=self.queue)
        await self.level()
        return journey

    async def level(self, *journeys: UUID) -> None:
        """Waits until the search attributes of these workflows (of all) say what the log says."""

        async def is_level() -> bool:
            seen = await Runs(
                self.client, self.queue, answer=self.patience.answer, polled=self.patience.polled
            ).running()
            for journey in journeys or self.journeys:
                state = self.bench.recorder.journey(journey_stream(journey))
                shown = seen.get(journey_stream(journey))
                if state is None or shown is None or shown.version != state.version:
                    return False
                if shown.wake != wakes(state)[0].at:
                    return False
            return True

        await until(is_level)


def ward_on(bench: Bench, client: Client, patience: Patience = LITTLE) -> Ward:
    """With the table of audits, written as in earnest by the role of the worker."""
    install(bench.dsn)
    return Ward(bench, client, AuditBook(as_role(bench.dsn, "putokaz_writer")), patience=patience)


async def connect(address: str, ring: KeyRing) -> Client:
    """A client with our codec."""
    return await Client.connect(address, data_converter=data_converter(ring))


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    """Waits for something to become true."""
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.1)


def found(audit: Audit) -> dict[str, tuple[AuditFault, bool]]:
    """What an audit found, by stream."""
    return {finding.stream: (finding.fault, finding.mended) for finding in audit.findings}
