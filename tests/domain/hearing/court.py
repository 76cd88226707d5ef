"""What the tests of hearings share: a journey with a summons, and its timers as a person reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.codes import Role
from domain.journey import obligations
from domain.journey.hearing.commands import SummonHearing
from domain.journey.hearing.state import HearingState
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Obligation
from tests.domain.given import MILA, VERA, Given, assigned, entered, given, opened, step_opened
from tests.hearing_examples import court_pathway

BELGRADE = ZoneInfo("Europe/Belgrade")
BEGINNING = datetime(2026, 3, 2, 10, tzinfo=BELGRADE)
"""A Monday morning in winter time."""


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0, zone: str = "Europe/Belgrade") -> datetime:
    """An instant by the clock on the wall."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def in_court(now: datetime = BEGINNING) -> Given:
    """An open journey on the pathway with courts: Mila is the caseworker, Vera the lawyer."""
    begun = given(opened(), assigned(), assigned(Role.LAWYER, VERA), now=now, pathway=court_pathway())
    return begun.and_then(entered("intake"), step_opened("contact", now=now))


def summoned(starts_at: datetime, kind: str = "witness", now: datetime = BEGINNING, **fields: Any) -> Given:
    """The same with a summons to that hour."""
    return in_court(now).having(SummonHearing(hearing_kind=kind, starts_at=starts_at, **fields))


def hearing(at: Given, number: int = 1) -> HearingState:
    """The hearing as it stands."""
    return at.state.hearings[number]


def owed(at: Given, key: str = "hearing:1") -> Obligation:
    """What is owed under this key; there is such a thing."""
    return next(o for o in obligations(at.state) if o.key == key)


def owes(at: Given) -> set[str]:
    """Everything owed of hearings, by key."""
    return {o.key for o in obligations(at.state) if o.key.startswith("hearing:")}


def ladder(at: Given, key: str = "hearing:1", zone: str = "Europe/Belgrade") -> dict[str, str]:
    """The rungs ahead by the clock on the wall."""
    return {r.rung: f"{r.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for r in owed(at, key).ahead}


def rung(at: Given, name: str, key: str = "hearing:1") -> FireRung:
    """The command of the timer for a rung of the date that stands."""
    return FireRung(obligation=key, rung=name, date_version=owed(at, key).clockwork.date_version)


def told(events: tuple[Any, ...]) -> list[tuple[Role, Any]]:
    """Who is told when rungs were fired."""
    return [(a.role, a.staff) for e in events if isinstance(e, RungsFired) for a in e.addressees]


__all__ = ["MILA", "VERA"]
