"""The chain of the access log, computed here and spoiled in every way: each is found, with the place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from vault.access_chain import GENESIS, AccessFault, AccessFinding, AccessHead, AccessRow, link, verified

BEGAN = datetime(2026, 11, 30, 9, tzinfo=UTC)
Rows = list[AccessRow]


def log(count: int) -> Rows:
    """A whole log."""
    rows: Rows = []
    for number in range(1, count + 1):
        reveal = number % 2 == 1
        row = AccessRow(
            position=number,
            at=BEGAN + timedelta(seconds=number),
            actor=uuid4(),
            kind="reveal" if reveal else "search",
            journeys=[uuid4()] if reveal else [uuid4(), uuid4()],
            fields=["names", "phone"] if reveal else [],
            purpose="contact" if reveal else None,
            query=None if reveal else bytes(32),
            key_id=uuid4() if reveal else None,
            sealed=b"sealed" if reveal else None,
            chain=b"",
        )
        rows.append(row._replace(chain=link(rows[-1].chain if rows else GENESIS, row)))
    return rows


ROWS = log(5)
HEAD = AccessHead(5, ROWS[-1].chain)


def edited(position: int, **columns: Any) -> Callable[[Rows], Rows]:
    """With columns of one row changed in the table."""
    return lambda rows: [row._replace(**columns) if row.position == position else row for row in rows]


def deleted(position: int) -> Callable[[Rows], Rows]:
    """With one row gone."""
    return lambda rows: [row for row in rows if row.position != position]


def closed(rows: Rows) -> Rows:
    """One row gone, and those behind it moved up."""
    return [row._replace(position=number) for number, row in enumerate(deleted(2)(rows), start=1)]


def swapped(rows: Rows) -> Rows:
    """Rows 2 and 4 at each other's place, with the times of their places, so that nothing else tells."""
    two, four = rows[1], rows[3]
    moved = {2: four._replace(position=2, at=two.at), 4: two._replace(position=4, at=four.at)}
    return [moved.get(row.position, row) for row in rows]


def anew(rows: Rows) -> Rows:
    """The whole chain computed over an edited row, as whoever owns the database can."""
    done: Rows = []
    for row in edited(2, actor=UUID(int=1))(rows):
        done.append(row._replace(chain=link(done[-1].chain if done else GENESIS, row)))
    return done


@pytest.mark.parametrize("known", [None, HEAD, AccessHead(2, ROWS[1].chain), AccessHead(0, GENESIS)])
def test_a_log_that_nobody_touched_is_whole(known: AccessHead | None) -> None:
    """Also one that went on since its head was noted; the head is what to note next."""
    whole = verified(ROWS, known)
    assert whole.findings == ()
    assert whole.head == HEAD


def test_an_empty_log_is_whole_until_something_is_known_of_it() -> None:
    """Emptied, it looks as new."""
    assert verified([]).head == AccessHead(0, GENESIS)
    assert verified([], HEAD).findings == (AccessFinding(AccessFault.TRUNCATED, 1),)


@pytest.mark.parametrize(
    ("spoil", "findings"),
    [
        (edited(3, actor=UUID(int=1)), [(AccessFault.ALTERED, 3)]),
        (edited(3, at=BEGAN), [(AccessFault.ALTERED, 3)]),
        (edited(3, kind="search"), [(AccessFault.ALTERED, 3)]),
        (edited(3, journeys=[]), [(AccessFault.ALTERED, 3)]),
        (edited(3, fields=["names"]), [(AccessFault.ALTERED, 3)]),
        (edited(3, fields=["namesphone"]), [(AccessFault.ALTERED, 3)]),
        (edited(3, purpose="other"), [(AccessFault.ALTERED, 3)]),
        (edited(3, purpose=None), [(AccessFault.ALTERED, 3)]),
        (edited(4, query=None), [(AccessFault.ALTERED, 4)]),
        (edited(4, query=b""), [(AccessFault.ALTERED, 4)]),
        (edited(3, key_id=None), [(AccessFault.ALTERED, 3)]),
        (edited(3, sealed=b"sealer"), [(AccessFault.ALTERED, 3)]),
        (edited(3, chain=bytes(32)), [(AccessFault.ALTERED, 3), (AccessFault.ALTERED, 4)]),
        (deleted(1), [(AccessFault.MISSING, 1)]),
        (deleted(3), [(AccessFault.MISSING, 3)]),
        (closed, [(AccessFault.ALTERED, 2), (AccessFault.ALTERED, 3), (AccessFault.ALTERED, 4)]),
        (swapped, [(AccessFault.ALTERED, place) for place in (2, 3, 4, 5)]),
    ],
)
def test_what_was_done_to_a_row_is_found(
    spoil: Callable[[Rows], Rows], findings: list[tuple[AccessFault, int]]
) -> None:
    """Without anything noted before: edited in any column, deleted, deleted and closed up, moved."""
    assert list(verified(spoil(ROWS)).findings) == findings


def test_a_cut_off_end_is_found_by_the_count_that_is_known() -> None:
    """And by nothing else: the chain of what is left is whole."""
    assert verified(ROWS[:3]).findings == ()
    assert verified(ROWS[:3], HEAD).findings == (AccessFinding(AccessFault.TRUNCATED, 4),)
    closed_up = verified(closed(ROWS), HEAD).findings
    assert closed_up[-1] == AccessFinding(AccessFault.TRUNCATED, 5)


def test_a_chain_that_was_computed_anew_is_found_by_a_known_link() -> None:
    """And by nothing else."""
    assert verified(anew(ROWS)).findings == ()
    assert verified(anew(ROWS), HEAD).findings == (AccessFinding(AccessFault.REWRITTEN, 5),)
