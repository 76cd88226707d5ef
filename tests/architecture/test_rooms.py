"""The house rules that a reader relies on (design §5): who imports whom, who reads the environment, where SQL is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOMS, ROOT, sources

MAX_LINES = 300
DOMAIN_MAY = frozenset(sys.stdlib_module_names) | {"domain", "pydantic", "pydantic_core", "holidays"}
WORKFLOWS_MAY = frozenset(sys.stdlib_module_names) | {"workflows", "pydantic", "temporalio"}
STATEMENT = re.compile(
    r"^\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|MERGE\s+INTO\s|WITH\s+\w+\s+AS\s|COPY\s+\w"
    r"|(CREATE|ALTER|DROP)\s+(OR\s|TABLE|INDEX|UNIQUE|FUNCTION|VIEW|SCHEMA|TYPE|ROLE|DATABASE|EXTENSION)"
    r"|GRANT\s|REVOKE\s|TRUNCATE\s|LISTEN\s|NOTIFY\s|LOCK\s+TABLE|SET\s+\w+\s*(=|TO)\s)"
)
SQL_THAT_NO_FILE_CAN_HOLD = (
    # The settings of a connection, before it is one that may run a query.
    "SELECT set_config(",
    # Names and passwords take no parameters: psycopg's `sql` quotes them.
    "CREATE DATABASE {}",
    "DROP DATABASE IF EXISTS {} WITH (FORCE)",
    "ALTER ROLE {} PASSWORD {}",
    "ALTER DATABASE {} RENAME TO {}",
)


def test_the_rooms_import_only_what_they_may() -> None:
    """The contracts in pyproject.toml hold for the tree as it is."""
    run = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", run, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_contract() -> None:
    """A new package at the top level is either a room with rules, or named here on purpose."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks", "tools"} == set(ROOMS)


def test_domain_stands_on_the_standard_library_pydantic_and_holidays() -> None:
    """The rules can be read, tested and reused without any of our machinery."""
    assert _imported_beyond("domain", DOMAIN_MAY) == []


def test_workflow_modules_import_no_rules() -> None:
    """A release of rules or pathways must never touch a running history."""
    assert _imported_beyond("workflows", WORKFLOWS_MAY) == []


def test_workflow_messages_are_all_that_others_use_of_workflows() -> None:
    """Only the composition root puts workflow classes to work."""
    beyond = [
        f"{source.place} imports {name}"
        for source in sources()
        if source.room not in ("worker", "workflows")
        for name in source.imports
        if name.startswith("workflows") and name != "workflows.messages"
    ]
    assert beyond == []


def test_nobody_but_the_composition_root_reads_the_environment() -> None:
    """What configures a process stands in one place."""
    readers = [
        f"{source.place} uses {name}"
        for source in sources()
        if source.room != "worker"
        for name in ("os.environ", "os.getenv", "getenv(")
        if name in source.text
    ]
    assert readers == []


def test_sql_stands_in_sql_files() -> None:
    """A query is found by its file's name and never put together from pieces."""
    quoted = [
        f"{source.place}:{line}: {text[:60]}"
        for source in sources()
        for line, text in source.quoted
        if STATEMENT.match(text) and not text.startswith(SQL_THAT_NO_FILE_CAN_HOLD)
    ]
    assert quoted == []


@pytest.mark.parametrize(
    "text",
    ["SELECT 1", "  insert into x values (1)".upper(), "UPDATE t SET a = 1", "CREATE OR REPLACE FUNCTION f()"],
)
def test_sql_would_be_found(text: str) -> None:
    """The control: the pattern sees a statement."""
    assert STATEMENT.match(text)


def test_modules_are_short() -> None:
    """A module has one idea; at 300 lines it has more."""
    long = [s.place for s in sources() if s.text.count("\n") > MAX_LINES]
    assert long == []


def test_modules_say_what_they_are() -> None:
    """Whoever opens a file learns first what it is for; a package's `__init__` may be empty."""
    silent = [s.place for s in sources() if s.text.strip() and not ast.get_docstring(s.tree)]
    assert silent == []


def test_no_check_is_switched_off() -> None:
    """No suppressed type error, no suppressed lint, no broad swallowing, in the rooms or their tests."""
    marks = ("# type: " + "ignore", "# no" + "qa", "pytest." + "skip", "pytest." + "xfail", "TO" + "DO", "FIX" + "ME")
    found = [
        f"{source.place}: {mark}"
        for source in sources(*ROOMS, "tests", "benchmarks", "tools")
        for mark in marks
        if mark in source.text
    ]
    assert found == []


def _imported_beyond(room: str, allowed: frozenset[str]) -> list[str]:
    return [
        f"{source.place} imports {name}"
        for source in sources(room)
        for name in sorted(source.imports)
        if name.partition(".")[0] not in allowed
    ]
