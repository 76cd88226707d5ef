"""The projector's own connection: one for its lifetime, since its leases belong to the session."""

from __future__ import annotations

from eventlog.pool import BoundedConnection, Pool, reachable
from eventlog.sql_files import query

_STATEMENT = 30.0  # seconds: a page that loads many long histories is more work than a command


def connect(
    dsn: str, application_name: str = "putokaz-projections", *, statement: float = _STATEMENT
) -> BoundedConnection:
    """`statement`: seconds that one may take. Raises `Unavailable`. The caller closes it."""
    pool = Pool(
        dsn, size=1, statement_timeout=statement, reply_timeout=statement + 5, application_name=application_name
    )
    connection = pool.open()
    try:
        with reachable():
            connection.execute(query("projections", "session"), prepare=False)
    except BaseException:
        connection.close()
        raise
    return connection
