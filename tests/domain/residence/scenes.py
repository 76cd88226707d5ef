"""What the tests of residence begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.journey import wakes
from domain.journey.residence.commands import GrantResidence
from domain.journey.residence.finding import watched
from domain.journey.residence.state import PermitState
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Wake
from tests.domain.given import Given, begun

FIRST = date(2026, 3, 2)


def grant(kind: str = "short", ground: str = "rest", valid_from: date = FIRST, **fields: Any) -> GrantResidence:
    """A permit from today, as the law counts it unless the paper says otherwise."""
    return GrantResidence(permit_kind=kind, ground=ground, valid_from=valid_from, **fields)


def granted(kind: str = "short", ground: str = "rest", **fields: Any) -> Given:
    """A journey with a permit."""
    return begun().having(grant(kind, ground, **fields))


def permit(given: Given) -> PermitState:
    """The permit that is watched over."""
    found = watched(given.state)
    assert found is not None
    return found


def next_wake(given: Given) -> Wake:
    """Its next moment."""
    return next(w for w in wakes(given.state) if w.key == permit(given).key)


def fire_next(given: Given, minutes_late: int = 0) -> Given:
    """The clock moved to its next moment, and the rung fired."""
    wake = next_wake(given)
    on_time = given.at(max(given.now, wake.at)).later(minutes=minutes_late)
    return on_time.having(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))


def last_fired(given: Given) -> RungsFired:
    """The rungs that were fired last."""
    return next(r.event for r in reversed(given.history) if isinstance(r.event, RungsFired))
