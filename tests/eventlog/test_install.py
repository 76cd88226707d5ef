"""Installing: repeatable, whole or not at all, and loud when a released file was changed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import psycopg
import pytest

from domain.errors import Unavailable
from eventlog.install import MigrationChanged, install, pending
from eventlog.sql_files import objects
from tests.fix_eventlog import administrator


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own with one table and one function; returns its `sql/`."""
    name = f"parcel_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name / "sql"
    folder.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    (folder / "0001_things.sql").write_text("CREATE TABLE things (n int);\n")
    (folder / "count_things.sql").write_text(
        "CREATE OR REPLACE FUNCTION count_things() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM things';\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield_name = folder
    objects.cache_clear()
    sys.modules.pop(name, None)
    return yield_name


def test_files_run_once_and_functions_again_when_they_changed(package: Path, database: str) -> None:
    """Numbered first; the second start finds nothing to do."""
    name = package.parent.name
    assert pending(database, name) == ("0001_things.sql", "count_things.sql")
    assert install(database, name) == ("0001_things.sql", "count_things.sql")
    assert install(database, name) == ()
    (package / "count_things.sql").write_text((package / "count_things.sql").read_text().replace("count(*)", "7"))
    (package / "0002_more.sql").write_text("ALTER TABLE things ADD COLUMN m int;\n")
    objects.cache_clear()
    assert pending(database, name) == ("0002_more.sql", "count_things.sql")
    assert install(database, name) == ("0002_more.sql", "count_things.sql")
    assert pending(database, name) == ()


def test_a_changed_numbered_file_is_refused(package: Path, database: str) -> None:
    """The database was made by another text; nobody can say what is in it."""
    install(database, package.parent.name)
    (package / "0001_things.sql").write_text("CREATE TABLE things (n text);\n")
    objects.cache_clear()
    with pytest.raises(MigrationChanged, match="0001_things"):
        install(database, package.parent.name)


def test_a_failing_file_leaves_nothing_behind(package: Path, database: str) -> None:
    """Whole or not at all."""
    (package / "0002_broken.sql").write_text("CREATE TABLE nonsense (;\n")
    objects.cache_clear()
    with pytest.raises(psycopg.errors.SyntaxError):
        install(database, package.parent.name)
    with administrator(database) as root:
        row = root.execute("SELECT to_regclass('things'), to_regclass('putokaz_installed')").fetchone()
    assert row == (None, None)


def test_processes_that_start_together_install_once(database: str) -> None:
    """Each waits for the other and finds the work done."""
    done: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: done.append(install(database))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(len(files) for files in done) == [0, 0, len(objects("eventlog"))]


def test_a_server_that_is_away_is_unavailable() -> None:
    """Not a stack of psycopg's."""
    with pytest.raises(Unavailable):
        install("host=127.0.0.1 port=1 dbname=x user=x")
