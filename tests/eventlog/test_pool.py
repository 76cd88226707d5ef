"""What the pool opened it closes, however the first exchange on it ends."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from domain.errors import Unavailable
from eventlog.follow import Follower
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


def test_a_server_that_freezes_before_it_listens_keeps_no_connection(
    log_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay asks again and again for as long as the outage lasts."""
    opened: list[BoundedConnection] = []
    execute = BoundedConnection.execute

    def frozen(connection: BoundedConnection, text: bytes, *given: Any, **named: Any) -> Any:
        if b"LISTEN" not in text:
            return execute(connection, text, *given, **named)
        opened.append(connection)
        raise psycopg.errors.ConnectionTimeout("no reply")

    monkeypatch.setattr(BoundedConnection, "execute", frozen)
    follower = Follower(Pool(log_database), lambda: 0)
    for _ in range(2):
        with pytest.raises(Unavailable):
            follower.wait(0, timeout=1.0)
    assert [connection.closed for connection in opened] == [True, True]
