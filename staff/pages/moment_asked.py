"""The moment in an address, by either clock; what cannot be shown is said, and today shown instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from analysis.travel.asking import instant_of
from analysis.travel.moment import Clock, Moment
from staff.i18n.words import OFFICE_ZONE
from staff.pages.asking import code, link


class MomentFault(StrEnum):
    """Why a moment that was typed is not the one that is shown."""

    NO_DATE = "no-date"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """`day` and `time` are for the inputs of the form, on the clocks of the office."""

    moment: Moment
    day: str
    time: str
    fault: MomentFault | None = None


def moment_asked(query: Mapping[str, str], now: datetime) -> MomentAsked:
    """`?at=…` of a link, or `?day=…&time=…` of the form; without either, now."""
    clock = code(query, "clock", Clock) or Clock.KNOWN
    found, fault = _instant(_typed(query), now)
    shown = found.astimezone(ZoneInfo(OFFICE_ZONE))
    return MomentAsked(Moment(found, clock), shown.date().isoformat(), shown.strftime("%H:%M"), fault)


def address(path: str, moment: Moment, **more: object) -> str:
    """Where a page as of a moment is found. Instants are whole, so that a link shows the same for ever."""
    return link(path, at=moment.at.isoformat(), clock=moment.clock.value, **more)


def other_asked(query: Mapping[str, str], name: str, clock: Clock, now: datetime) -> Moment | None:
    """A second moment to compare with, where the address has one that can be shown."""
    found = instant_of(query.get(name, ""), OFFICE_ZONE, now)
    return Moment(min(found, now), clock) if found else None


def _typed(query: Mapping[str, str]) -> str:
    day, time = query.get("day", "").strip(), query.get("time", "").strip()
    return query.get("at", "").strip() or (f"{day}T{time}" if day and time else day)


def _instant(typed: str, now: datetime) -> tuple[datetime, MomentFault | None]:
    if not typed:
        return now, None
    found = instant_of(typed, OFFICE_ZONE, now)
    if found is None:
        return now, MomentFault.NO_DATE
    return (now, MomentFault.FUTURE) if found > now else (found, None)
