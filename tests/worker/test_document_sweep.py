"""What is in the vault and in no event goes after 72 hours; what an event names stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.codes import Role
from domain.errors import Unavailable
from domain.journey.assignment import Assign
from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.journey.document.general import FileDocument, WithdrawDocument
from tests.fix_eventlog import as_role
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from tests.staff.office_files import PDF
from vault.document_sweep import DocumentSweep
from vault.documents import Documents
from worker.demo.staff import MILA, VERA
from worker.demo.tale import journey_id
from worker.document_sweep import sweep

MINE = journey_id("court-is-silent")


@pytest.fixture
def house(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """With Mila's case."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault, projecting=False) as house:
        give(house, Assign(role=Role.CASEWORKER, staff=MILA.id), VERA.id)
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


def give(house: House, command: Assign | FileDocument | WithdrawDocument, actor: UUID) -> None:
    """Recorded."""
    house.desk.record(MINE, command, uuid4(), actor)


def kept(documents: Documents, journey: UUID = MINE) -> FileDocument:
    """In the vault, and what would record it."""
    upload = documents.begin(journey, "notes", uuid4())
    upload.add(PDF)
    upload.finish()
    found = documents.keep(upload, name="a.pdf", title="")
    return FileDocument(
        document=found.document,
        document_kind=DocumentKind.OTHER,
        media=MediaType.PDF,
        size=found.size,
        sha256=found.sha256,
    )


def in_the_vault(dsn: str) -> set[UUID]:
    """The documents that it holds."""
    with psycopg.connect(dsn) as connection:
        return {row[0] for row in connection.execute("SELECT document FROM vault.documents")}


def grow_old(dsn: str, hours: int) -> None:
    """As if all had begun, and were looked at, so long ago."""
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE vault.documents SET begun_at = now() - make_interval(hours => %s)", (hours,))
        connection.execute(
            "UPDATE vault.documents SET checked_at = now() - interval '8 days' WHERE checked_at IS NOT NULL"
        )


def test_only_what_an_event_names_outlives_72_hours(house: House) -> None:
    """A process that died before the event leaves an orphan; one that was withdrawn goes later."""
    vault = as_role(house.vault, "putokaz_vault")
    with closing(Documents(vault, house.keys)) as documents, closing(DocumentSweep(vault)) as found:
        named, orphan, of_nobody = kept(documents), kept(documents), kept(documents, uuid4())
        give(house, named, MILA.id)
        assert sweep(house.log, found) == 0
        grow_old(house.vault, 71)
        assert sweep(house.log, found) == 0
        assert in_the_vault(house.vault) == {named.document, orphan.document, of_nobody.document}
        grow_old(house.vault, 73)
        assert sweep(house.log, found) == 2
        assert in_the_vault(house.vault) == {named.document}
        give(house, WithdrawDocument(document=named.document, mistake=FilingMistake.WRONG_CLIENT), MILA.id)
        grow_old(house.vault, 100)
        assert sweep(house.log, found) == 0, "withdrawn a moment ago: a withdrawal may be a mistake as well"
        house.log.set_clock(house.log.now() + timedelta(hours=73), 1.0)
        grow_old(house.vault, 200)
        assert sweep(house.log, found) == 1
        assert in_the_vault(house.vault) == set()


def test_while_the_log_is_away_nothing_is_erased(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say then whether an event names it."""
    vault = as_role(house.vault, "putokaz_vault")
    with closing(Documents(vault, house.keys)) as documents, closing(DocumentSweep(vault)) as found:
        orphan = kept(documents)
        grow_old(house.vault, 73)

        def away(*_: object, **__: object) -> None:
            raise Unavailable("away")

        monkeypatch.setattr(house.log, "load", away)
        with pytest.raises(Unavailable):
            sweep(house.log, found)
        assert in_the_vault(house.vault) == {orphan.document}
