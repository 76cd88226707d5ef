"""A whole engine for one test: a fresh log, the shared small pathway on disk, a client with our codec, a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import yaml

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.command import Command, to_wire
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Pathway, Pin
from eventlog.log import EventLog
from tests.fix_services import DatabaseFactory
from tests.pathway_examples import small_pathway
from workflows.messages import Answer, Order
from workflows.messages import Recorded as RecordedMessage

MILA = UUID("00000000-0000-4000-8000-00000000a001")


def write_pathway(folder: Path, pathway: Pathway) -> Pin:
    """Publishes a pathway into a store's folder; its pin."""
    file = folder / pathway.pathway / f"{pathway.version}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    body = pathway.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    file.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return PathwayStore(folder).load(pathway.pathway, pathway.version).pin


@dataclass(frozen=True)
class Bench:
    """The parts below the workflow, on a real database."""

    dsn: str
    log: EventLog
    recorder: Recorder
    pathways: Path
    pin: Pin

    def order(self, journey: UUID, command: Command, *, command_id: UUID | None = None) -> Order:
        """A command as it travels."""
        return Order(
            stream=journey_stream(journey), command_id=command_id or uuid4(), actor=MILA, command=to_wire(command)
        )

    def record(self, journey: UUID, command: Command, *, command_id: UUID | None = None) -> RecordedMessage:
        """Records directly, as while Temporal is away."""
        return self.recorder.record(self.order(journey, command, command_id=command_id))

    def opened(self) -> UUID:
        """A journey opened directly, with Mila as caseworker."""
        journey = uuid4()
        answer: Answer = self.record(journey, OpenJourney(pin=self.pin, caseworker=MILA)).answer
        assert answer.version > 0
        return journey


@pytest.fixture
def bench(database_factory: DatabaseFactory, log_template: str, tmp_path: Path) -> Iterator[Bench]:
    """A fresh log and the small pathway."""
    dsn = database_factory.copy(log_template)
    folder = tmp_path / "pathways"
    pin = write_pathway(folder, small_pathway())
    with EventLog(dsn, size=8) as log:
        yield Bench(dsn, log, Recorder(log, PathwayStore(folder), "test", rights=NO_RIGHTS_ASKED), folder, pin)
    database_factory.drop(dsn)
