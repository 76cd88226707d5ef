"""A log with read models kept level by a projector of its own, and a recorder that may ask what people hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.attendance.state import Attendance, attendance_stream
from domain.command import Command, to_wire
from domain.handover.begun import BeginHandover
from domain.handover.state import Handover, handover_stream
from domain.handover.values import HandoverReason, Successor
from domain.journey.opening import OpenJourney
from domain.journey.state import Journey, journey_stream
from domain.pathway.model import Pin
from domain.refusal import Refused
from eventlog.log import EventLog
from projections.caseload.queries import LevelCaseloads
from projections.install import install
from projections.loop import Projector
from projections.reader import Reader
from tests.domain.handover.world import whole_pathway
from tests.fix_engine import write_pathway
from tests.fix_services import DatabaseFactory
from workflows.messages import Answer, Order, Relay

BOSS = UUID("00000000-0000-4000-8000-00000000a0ff")
MILA, VERA, IVA = (UUID(f"00000000-0000-4000-8000-00000000a0{n:02x}") for n in (1, 2, 3))


@dataclass(frozen=True)
class House:
    """Where caseloads change hands."""

    dsn: str
    log: EventLog
    reader: Reader
    pathways: Path
    pin: Pin
    recorder: Recorder

    @property
    def now(self) -> datetime:
        return self.log.now()

    def another_recorder(self) -> Recorder:
        """Of another worker, which remembers nothing of this one."""
        return Recorder(
            self.log, PathwayStore(self.pathways), "test", rights=NO_RIGHTS_ASKED, caseloads=LevelCaseloads(self.reader)
        )

    def order(self, stream: str, command: Command, command_id: UUID | None = None) -> Order:
        """A command of the supervisor as it travels."""
        return Order(stream=stream, command_id=command_id or uuid4(), actor=BOSS, command=to_wire(command))

    def tell(self, stream: str, command: Command, command_id: UUID | None = None) -> Answer:
        """Recorded directly."""
        return self.recorder.record(self.order(stream, command, command_id)).answer

    def journeys(self, count: int, caseworker: UUID = MILA) -> list[UUID]:
        """So many, each with a caseworker."""
        made = [uuid4() for _ in range(count)]
        for journey in made:
            self.tell(journey_stream(journey), OpenJourney(pin=self.pin, caseworker=caseworker))
        return made

    def begin(self, leaver: UUID = MILA, *successors: UUID) -> UUID:
        """A hand-over, to Vera by default."""
        handover = uuid4()
        command = BeginHandover(
            pin=self.pin,
            leaver=leaver,
            successors=tuple(Successor(staff=staff) for staff in successors or (VERA,)),
            reason=HandoverReason.WORKLOAD,
        )
        self.tell(handover_stream(handover), command)
        return handover

    def errands(self, stream: str) -> None:
        """Everything that a stream has under way, and what follows from it, as its workflow does it."""
        while (state := self.recorder.state(stream)) is not None and state.pending:
            for dispatch in list(state.pending):
                self.recorder.relay(Relay(stream=stream, dispatch=dispatch))

    def journey(self, journey: UUID) -> Journey:
        state = self.recorder.state(journey_stream(journey))
        assert isinstance(state, Journey)
        return state

    def handover(self, handover: UUID) -> Handover:
        state = self.another_recorder().state(handover_stream(handover))
        assert isinstance(state, Handover)
        return state

    def attendance(self, staff: UUID) -> Attendance:
        state = self.recorder.state(attendance_stream(staff))
        assert isinstance(state, Attendance)
        return state


def refused(answer: Answer) -> Refused:
    """Why it was refused."""
    assert answer.refusal is not None, answer
    return Refused.model_validate_json(answer.refusal)


@contextmanager
def projecting(dsn: str) -> Iterator[None]:
    """The projections on a thread, as a worker has them."""
    stop = threading.Event()
    thread = threading.Thread(target=Projector(dsn).run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


@pytest.fixture
def idle_house(database_factory: DatabaseFactory, log_template: str, tmp_path: Path) -> Iterator[House]:
    """Read models that nobody keeps level."""
    dsn = database_factory.copy(log_template)
    install(dsn)
    folder = tmp_path / "pathways"
    pin = write_pathway(folder, whole_pathway())
    with EventLog(dsn, size=8) as log, Reader(dsn, size=2) as reader:
        recorder = Recorder(log, PathwayStore(folder), "test", rights=NO_RIGHTS_ASKED, caseloads=LevelCaseloads(reader))
        yield House(dsn, log, reader, folder, pin, recorder)
    database_factory.drop(dsn)


@pytest.fixture
def house(idle_house: House) -> Iterator[House]:
    """The same with a projector at work."""
    with projecting(idle_house.dsn):
        yield idle_house
