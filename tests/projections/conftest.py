"""A database with log and read models, a desk that decides by the real deciders, and what the tables then hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.codes import StreamName
from domain.command import Command
from domain.journey import Journey, decide, fold
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.refusal import Refused
from eventlog.decision import Decision, Outcome
from eventlog.install import install as install_log
from eventlog.log import EventLog
from projections.install import install
from projections.loop import Projector
from projections.reader import Reader
from projections.registry import READ_MODELS
from tests.fix_eventlog import administrator, as_role
from tests.fix_services import DatabaseFactory
from tests.pathway_examples import small_pathway, small_pin

ACTOR = UUID("00000000-0000-4000-8000-0000000000aa")
CASEWORKER = UUID("00000000-0000-4000-8000-0000000000cc")
TABLES = [table.name for model in READ_MODELS for table in model.tables]
OF_JOURNEYS = [model for model in READ_MODELS if StreamName.JOURNEY in model.kinds]
"""Those that hold rows where there are only journeys."""


@dataclass
class Office:
    """A log, its read models, and commands that are decided as in earnest. The log's clock can be set."""

    dsn: str
    log: EventLog
    reader: Reader

    def give(self, journey: UUID, command: Command, actor: UUID = ACTOR) -> Outcome:
        """Decides and records. A refusal is recorded as well, and returned."""
        stream = journey_stream(journey)
        loaded = self.log.load(stream)
        answer = decide(fold(loaded.history), command, small_pathway(), loaded.now, stream=stream)
        refusal = answer if isinstance(answer, Refused) else None
        events = () if isinstance(answer, Refused) else answer
        return self.log.append(Decision(stream, loaded.version, uuid4(), actor, events, refusal))

    def open(self, caseworker: UUID | None = CASEWORKER) -> UUID:
        """A new journey."""
        journey = uuid4()
        self.give(journey, OpenJourney(pin=small_pin(), caseworker=caseworker))
        return journey

    def journey(self, journey: UUID) -> Journey:
        """Folded from the log."""
        found = fold(self.log.load(journey_stream(journey)).history)
        assert found is not None
        return found

    def projector(self, page: int = 200, journeys: int = 1000) -> Projector:
        return Projector(as_role(self.dsn, "putokaz_projector"), page=page, journeys=journeys)

    def project(self, page: int = 200) -> int:
        """Brings the read models level."""
        return self.projector(page).catch_up()

    def tables(self) -> dict[str, list[Any]]:
        """Everything that the read models hold, in a fixed order."""
        with administrator(self.dsn) as connection:
            return {
                table: connection.execute(f"SELECT to_jsonb(t) FROM projections.{table} AS t ORDER BY 1").fetchall()
                for table in TABLES
            }

    def rebuilt(self, page: int = 7) -> dict[str, list[Any]]:
        """What they hold after being made from nothing, in pages of another size."""
        with administrator(self.dsn) as connection:
            for table in (*TABLES, "positions", "parked"):
                connection.execute(f"TRUNCATE projections.{table}")
        self.project(page)
        return self.tables()


@pytest.fixture(scope="session")
def office_template(database_factory: DatabaseFactory) -> str:
    """A database with an empty log and empty read models, to be copied."""
    dsn = database_factory.create()
    install_log(dsn)
    install(dsn)
    return dsn


@pytest.fixture
def office(database_factory: DatabaseFactory, office_template: str) -> Iterator[Office]:
    """An empty one."""
    dsn = database_factory.copy(office_template)
    with EventLog(dsn) as log, Reader(as_role(dsn, "putokaz_reader")) as reader:
        yield Office(dsn, log, reader)
    database_factory.drop(dsn)
