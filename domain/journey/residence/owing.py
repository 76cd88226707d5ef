"""What is owed of residence: an eye on the last day, and the alarm that goes on until the matter is settled."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Mover, ObligationKind, RungEffect
from domain.copying import replace
from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.obligation import Turn, owes, owner
from domain.journey.residence.clock import alarm_again
from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.events import ResidenceAlarmRepeated, ResidenceExpired
from domain.journey.residence.finding import watched
from domain.journey.residence.state import RESIDENCE, PermitState
from domain.journey.state import Journey
from domain.stream.firing import reached
from domain.stream.obligation import Obligation, stall_of


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    permit = _permit(journey, key)
    if permit is None:
        return journey
    turned = replace(permit, clockwork=turn(permit.clockwork))
    return replace(journey, permits={**journey.permits, permit.number: turned})


def _wanted(journey: Journey, key: str, date_version: int) -> bool:
    """What the clock itself adds to a last day takes back no letter about it: the alarm at its end above all."""
    permit = _permit(journey, key)
    if permit is None or not permit.is_owed:
        return False
    return permit.wanted_since <= date_version <= permit.clockwork.date_version


def _following(journey: Journey, obligation: Obligation, surroundings: Surroundings) -> tuple[Event, ...]:
    """The end itself, and each alarm after it, bring the next: it falls silent only when somebody settles it."""
    permit, rules = _permit(journey, obligation.key), surroundings.pathway.residence
    if permit is None or rules is None:
        return ()
    deadline, now = permit.clockwork.deadline, surroundings.now
    if permit.status is not PermitStatus.VALID:
        following = alarm_again(deadline, rules, surroundings.pathway, now=now)
        return (ResidenceAlarmRepeated(number=permit.number, deadline=following),)
    if any(r.effect is RungEffect.DUE for r in reached(obligation, now)):
        following = alarm_again(deadline, rules, surroundings.pathway, now=now)
        return (ResidenceExpired(number=permit.number, deadline=following),)
    return ()


@owes(ObligationKind.RESIDENCE, winding=_wind, wanted=_wanted, following=_following)
def _owed(journey: Journey) -> Iterator[Obligation]:
    permit = watched(journey)
    if permit is None:
        return
    waits_on = Mover.PARTNER if permit.application else Mover.US
    yield Obligation(
        permit.key,
        ObligationKind.RESIDENCE,
        permit.clockwork.deadline.due_at,
        owner(journey, permit.role),
        permit.clockwork,
        version=permit.version,
        what=RESIDENCE,
        waits_on=waits_on,
        stall=stall_of(permit.clockwork, waits_on, permit.version),
    )


def _permit(journey: Journey, key: str) -> PermitState | None:
    return next((p for p in journey.permits.values() if p.key == key), None)
