"""A log with a recorder that knows the rules for missions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.command import Command, to_wire
from domain.mission.state import Mission, mission_stream
from domain.pathway.model import Pin
from domain.refusal import Refused
from eventlog.log import EventLog
from tests.domain.mission.given import ANA, pathway, plan
from tests.fix_engine import Bench, write_pathway
from tests.fix_services import DatabaseFactory
from workflows.messages import Answer, Order


@dataclass(frozen=True)
class Base:
    """Where missions are planned from."""

    bench: Bench

    @property
    def now(self) -> datetime:
        return self.bench.log.now()

    def order(self, mission: UUID, command: Command, command_id: UUID | None = None) -> Order:
        """A command as it travels."""
        return Order(
            stream=mission_stream(mission), command_id=command_id or uuid4(), actor=ANA, command=to_wire(command)
        )

    def tell(self, mission: UUID, command: Command, command_id: UUID | None = None) -> Answer:
        """Records it directly."""
        return self.bench.recorder.record(self.order(mission, command, command_id)).answer

    def plan(self, *, hours: float, lasts: float = 2, **fields: Any) -> Command:
        """A mission that leaves in so many hours, without legs or journeys unless they are named."""
        departure = self.now + timedelta(hours=hours)
        usual = {"pin": self.bench.pin, "legs": (), "journeys": (), "departure": departure}
        return plan(**(usual | {"expected_return": departure + timedelta(hours=lasts)} | fields))

    def state(self, mission: UUID) -> Mission:
        """As it is now."""
        state = self.bench.recorder.state(mission_stream(mission))
        assert isinstance(state, Mission)
        return state


def refusal(answer: Answer) -> Refused:
    """Why it was refused."""
    assert answer.refusal is not None, answer
    return Refused.model_validate_json(answer.refusal)


@pytest.fixture
def base(database_factory: DatabaseFactory, log_template: str, tmp_path: Path) -> Iterator[Base]:
    """A fresh log and a pathway with the section."""
    dsn = database_factory.copy(log_template)
    folder = tmp_path / "pathways"
    pin: Pin = write_pathway(folder, pathway())
    with EventLog(dsn, size=8) as log:
        yield Base(Bench(dsn, log, Recorder(log, PathwayStore(folder), "test", rights=NO_RIGHTS_ASKED), folder, pin))
    database_factory.drop(dsn)
