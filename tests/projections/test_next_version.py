"""A release brings a read model in a new version: filled beside the one that is read, proved equal, then alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from domain.codes import ConsentPurpose
from domain.journey.consent import GiveConsent
from eventlog import sql_files
from projections import dropping, status
from projections.comparing import compare
from projections.dropping import drop_old
from projections.journey_list.handler import MODEL as LIST
from projections.journey_list.handler import rows
from projections.loop import Projector
from projections.names import ModelName
from projections.read_model import ReadModel, Table
from projections.status import Level
from tests.fix_eventlog import administrator, as_role
from tests.projections.conftest import Office
from tests.projections.test_loop import running, until
from worker.relay_position import RelayPosition

NEXT_TABLES = {ModelName.JOURNEY_LIST: "journey_list_v2"}


@pytest.fixture
def next_list(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadModel]:
    """The journey list as the next release has it: version 2 with tables and statements of its own."""
    package = f"next_list_{uuid4().hex}"
    queries = tmp_path / package / "queries"
    queries.mkdir(parents=True)
    (tmp_path / package / "__init__.py").touch()
    for file in (Path(status.__file__).parent / "journey_list" / "queries").glob("*_v1.sql"):
        text = file.read_text().replace("journey_list_v1", "journey_list_v2")
        (queries / file.name.replace("_v1", "_v2")).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    with administrator(office.dsn) as connection:
        connection.execute("CREATE TABLE projections.journey_list_v2 (LIKE projections.journey_list_v1 INCLUDING ALL)")
        connection.execute("ALTER TABLE projections.journey_list_v2 OWNER TO putokaz_owner")
        connection.execute("GRANT ALL ON projections.journey_list_v2 TO putokaz_projector")
        connection.execute("GRANT SELECT ON projections.journey_list_v2 TO putokaz_reader")
    yield ReadModel(
        name=ModelName.JOURNEY_LIST,
        version=2,
        package=package,
        tables=(Table("journey_list_v2", rows, keyed=False),),
    )
    sys.modules.pop(package, None)
    sql_files.query.cache_clear()


def held(office: Office, table: str) -> list[object]:
    """Everything in a table."""
    with administrator(office.dsn) as connection:
        found = connection.execute(f"SELECT to_jsonb(t) FROM projections.{table} AS t ORDER BY 1").fetchall()
    return [row[0] for row in found]


def test_a_new_version_is_filled_beside_the_one_that_is_read(
    office: Office, next_list: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old release's projector goes on; the new one is not ready until level; then both hold the same rows."""
    journeys = [office.open() for _ in range(12)]
    dsn = as_role(office.dsn, "putokaz_projector")
    with running(Projector(dsn, models=[LIST], page=5)):
        until(lambda: len(held(office, "journey_list_v1")) == 12)
        with monkeypatch.context() as released:
            released.setattr(status, "TABLES", NEXT_TABLES)
            level = Level(office.reader)
            assert not level.reached(), "nothing of the new version is there yet"
            Projector(dsn, models=[next_list], page=3).catch_up()
            assert level.reached()
        office.give(journeys[0], GiveConsent(purpose=ConsentPurpose.STATISTICS))
        head = Projector(dsn, models=[next_list], page=3).catch_up()
        until(lambda: held(office, "journey_list_v1") == held(office, "journey_list_v2"))
    (compared,) = compare(as_role(office.dsn, "putokaz_reader"), models=[next_list])
    assert (compared.is_equal, compared.position, compared.rows_of_table) == (True, head, 12)


def test_tables_of_older_versions_go_once_nobody_keeps_them(
    office: Office, next_list: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the old release's projector works they stay; then they go, and the new ones are untouched."""
    office.open()
    dsn = as_role(office.dsn, "putokaz_projector")
    with closing(RelayPosition(dsn)) as relay:
        relay.write(1)
    monkeypatch.setattr(dropping, "TABLES", NEXT_TABLES)
    with running(Projector(dsn, models=[LIST])):
        until(lambda: len(held(office, "journey_list_v1")) == 1)
        Projector(dsn, models=[next_list]).catch_up()
        (kept,) = drop_old(office.dsn)
        assert (kept.model, kept.tables, kept.in_use) == ("journey_list_v1", ("journey_list_v1",), True)
    assert not drop_old(office.dsn, dry=True)[0].in_use
    assert len(held(office, "journey_list_v1")) == 1, "a dry run drops nothing"
    assert not drop_old(office.dsn)[0].in_use
    with administrator(office.dsn) as connection:
        gone = connection.execute("SELECT to_regclass('projections.journey_list_v1')").fetchone()
    assert gone == (None,)
    assert drop_old(office.dsn) == (), "the relay's position is no read model"
    assert len(held(office, "journey_list_v2")) == 1
