"""What a PostgreSQL error means to us. Its own text may quote values, so only the code goes on."""

from __future__ import annotations

import psycopg

from domain.errors import IsolationRefused, PutokazError, Unavailable

_ISOLATION = "PK001"  # sql/append_order_lock.sql
_READ_ONLY = "25006"  # a standby answered: the primary is moving


class ConnectionLost(Unavailable):
    """No connection, or it broke: whether the statement took effect is unknown until it is repeated."""


def meaning(error: psycopg.Error) -> PutokazError | None:
    """Our error for this one; None when it is a mistake of ours that must be seen as it is."""
    state = error.sqlstate
    if state == _ISOLATION:
        return IsolationRefused("appends run under READ COMMITTED only")
    if state == _READ_ONLY:
        return ConnectionLost("the database answers but takes no writes now")
    if isinstance(error, psycopg.InterfaceError) or (isinstance(error, psycopg.OperationalError) and state is None):
        return ConnectionLost("the database cannot be reached")
    if isinstance(error, psycopg.OperationalError):
        # Class 57: the server is stopping or starting. The others: lock or statement timeout, disk full, no slots.
        lost = state is not None and state.startswith(("08", "57P"))
        kind = ConnectionLost if lost else Unavailable
        return kind(f"the database cannot answer now (SQLSTATE {state})")
    return None
