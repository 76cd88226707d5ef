"""The vault's tables are made in the order of their numbers, and made again as they are."""

from __future__ import annotations

import psycopg

from tests.fix_services import DatabaseFactory
from vault.database import install, scripts

LAST_AS_TEXT = 95
"""The newest file while they ran in the order of text."""


def test_files_run_by_their_number_and_not_as_text() -> None:
    """As text `93_…` comes before `9_…`, and what it builds on is missing."""
    names = [name for name, _ in scripts()]
    numbers = [int(name.partition("_")[0]) for name in names]
    assert numbers == sorted(numbers)
    assert names != sorted(names)
    assert names.index("9_identities.sql") < names.index("95_staff_changes.sql")


def test_a_vault_that_was_made_in_the_order_of_text_is_brought_level(database_factory: DatabaseFactory) -> None:
    """So it was until now. Nothing of it is lost, and running everything again changes nothing."""
    dsn = database_factory.create()
    framed = b"CREATE FUNCTION vault.framed(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE RETURN $1;"
    with psycopg.connect(dsn) as connection:
        for name, text in sorted(file for file in scripts() if int(file[0].partition("_")[0]) <= LAST_AS_TEXT):
            if name == "95_staff_changes.sql":  # which brought this function with it, since it ran too early
                connection.execute(framed.replace(b"(bytea)", b"(content bytea)", 1), prepare=False)
            connection.execute(text, prepare=False)
        connection.execute(
            "INSERT INTO vault.caller_reads (actor, contact, what) SELECT u, u, 'number' FROM gen_random_uuid() AS u"
        )
    install(dsn)
    before = _shape(dsn)
    install(dsn)
    assert _shape(dsn) == before
    fresh = database_factory.create()
    install(fresh)
    assert _shape(fresh)[1:] == before[1:]
    assert before[0] == 1
    for made in (dsn, fresh):
        database_factory.drop(made)


def _shape(dsn: str) -> list[object]:
    with psycopg.connect(dsn) as connection:
        kept = connection.execute("SELECT count(*) FROM vault.caller_reads").fetchone()
        tables = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'vault' ORDER BY 1, 2"
        ).fetchall()
        checks = connection.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'vault'::regnamespace ORDER BY 1"
        ).fetchall()
        functions = connection.execute(
            "SELECT proname, md5(coalesce(prosrc, '') || coalesce(pg_get_function_sqlbody(oid), '')) FROM pg_proc"
            " WHERE pronamespace = 'vault'::regnamespace ORDER BY 1, 2"
        ).fetchall()
    assert kept is not None
    return [kept[0], tables, checks, functions]
