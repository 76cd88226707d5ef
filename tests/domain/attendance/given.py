"""Mila, of whom nothing is known yet: at work like everybody, on a Monday at ten in Belgrade."""

from __future__ import annotations

from datetime import date

from domain.attendance.absence import PlanAbsence
from domain.attendance.kind import STAFF
from domain.attendance.state import Attendance, attendance_stream
from tests.domain.given import MILA, MONDAY, VERA
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pathway, small_pin

WEEK = PlanAbsence(pin=small_pin(), first_day=date(2026, 3, 9), last_day=date(2026, 3, 13), cover=VERA)
"""Monday to Friday of next week."""


def at_work() -> GivenOf[Attendance]:
    """Nothing was ever said."""
    return GivenOf(STAFF, attendance_stream(MILA), small_pathway(), MONDAY)


def week_off() -> GivenOf[Attendance]:
    """Next week is planned."""
    return at_work().having(WEEK)
