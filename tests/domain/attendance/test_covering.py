"""Who stands in for whom: the cover, the cover's cover, and nobody for a ring or for somebody who has left."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from domain.attendance.absence import PlanAbsence
from domain.attendance.covering import covered_by, stand_in
from domain.attendance.kind import STAFF
from domain.attendance.leaving import Leave
from domain.attendance.state import Attendance, attendance_stream
from domain.command import Command
from domain.handover.values import Successor
from tests.domain.attendance.given import WEEK
from tests.domain.given import MILA, MONDAY, THIRD, VERA
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pathway, small_pin

NEXT_WEEK = MONDAY + timedelta(days=7)


def said(of: UUID, *commands: Command) -> Attendance:
    """The attendance of somebody."""
    return GivenOf(STAFF, attendance_stream(of), small_pathway(), MONDAY).having(*commands).state


def away(of: UUID, cover: UUID | None) -> Attendance:
    """Somebody is away next week."""
    return said(of, PlanAbsence(pin=small_pin(), first_day=WEEK.first_day, last_day=WEEK.last_day, cover=cover))


CHAIN = {MILA: away(MILA, VERA), VERA: away(VERA, THIRD)}
RING = {MILA: away(MILA, VERA), VERA: away(VERA, MILA)}
NOBODY_NAMED = {MILA: away(MILA, None)}


@pytest.mark.parametrize(
    ("attendances", "of", "who"),
    [
        ({MILA: away(MILA, VERA)}, MILA, VERA),
        (CHAIN, MILA, THIRD),
        (CHAIN, VERA, THIRD),
        (CHAIN, THIRD, THIRD),
        (RING, MILA, None),
        (NOBODY_NAMED, MILA, None),
        ({MILA: said(MILA, WEEK, Leave(pin=small_pin(), successors=(Successor(staff=VERA),)))}, MILA, None),
    ],
)
def test_who_stands_in(attendances: dict[UUID, Attendance], of: UUID, who: UUID | None) -> None:
    """On a day of that week; before it, everybody for themselves who has not left."""
    assert stand_in(of, attendances.get, NEXT_WEEK) == who
    if attendances.get(of) is None or not attendances[of].has_left:
        assert stand_in(of, attendances.get, MONDAY) == of


def test_whom_somebody_covers() -> None:
    """All at the end of whose chain they stand; never themselves."""
    assert covered_by(THIRD, CHAIN, NEXT_WEEK) == {MILA, VERA}
    assert covered_by(VERA, CHAIN, NEXT_WEEK) == set()
    assert covered_by(THIRD, CHAIN, MONDAY) == set()
    assert covered_by(MILA, RING, NEXT_WEEK) == set()
