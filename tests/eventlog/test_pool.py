"""What the pool opened it closes, however the first exchange on it ends."""

from __future__ import annotations

import psycopg
import pytest

from domain.errors import Unavailable
from eventlog.pool import BoundedConnection, Pool


def test_a_server_that_freezes_after_the_handshake_keeps_no_connection(
    log_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One would be left for every try."""
    opened: list[BoundedConnection] = []

    def frozen(connection: BoundedConnection, *_: object, **__: object) -> None:
        opened.append(connection)
        raise psycopg.errors.ConnectionTimeout("no reply")

    monkeypatch.setattr(BoundedConnection, "execute", frozen)
    pool = Pool(log_database, patience=0.2)
    with pytest.raises(Unavailable), pool.connection():
        pytest.fail("there is no session")
    assert [connection.closed for connection in opened] == [True]
