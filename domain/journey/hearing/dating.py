"""Deciders that set a date: summons, confirmation, move, postponement, interruption. Each carries every timer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.hearing.codes import HearingStatus
from domain.journey.hearing.commands import (
    ConfirmHearing,
    InterruptHearing,
    MoveHearing,
    PostponeHearing,
    SummonHearing,
)
from domain.journey.hearing.events import (
    HearingConfirmed,
    HearingInterrupted,
    HearingMoved,
    HearingPostponed,
    HearingSummoned,
    Timers,
)
from domain.journey.hearing.proceeding import misplaced
from domain.journey.hearing.rules import Rules, find_ahead, is_zone, rules_of
from domain.journey.hearing.state import HearingState
from domain.journey.hearing.timers import debrief_timer, timers_for, timers_without_date
from domain.journey.state import Journey
from domain.journey.timing import CLOCK_TOLERANCE, misdated
from domain.pathway.hearings import NextDate
from domain.refusal import RefusalCode, Refused
from domain.sealed import Legal, Sealed


@decides(SummonHearing)
def _summon(journey: Journey, command: SummonHearing, surroundings: Surroundings) -> Decision:
    rules = rules_of(command.hearing_kind, surroundings)
    if isinstance(rules, Refused):
        return rules
    elsewhere = misplaced(journey, command.proceeding, rules.kind, surroundings)
    if refused := elsewhere or misdated(journey, command.occurred_at, surroundings):
        return refused
    zone = command.zone or surroundings.pathway.zone
    if not is_zone(zone):
        return Refused(code=RefusalCode.UNKNOWN_ZONE)
    came_late = command.occurred_at is not None and command.occurred_at < command.starts_at
    if command.starts_at <= surroundings.now and not came_late:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST)
    if command.served_on is not None and command.served_on > local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    if (same := _same(journey, command)) is not None:
        return Refused(code=RefusalCode.HEARING_ALREADY_SUMMONED, part=same.key, part_version=same.version)
    summoned = HearingSummoned(
        hearing=len(journey.hearings) + 1,
        hearing_kind=rules.kind.hearing,
        matter=rules.kind.matter,
        trap=rules.kind.trap,
        starts_at=command.starts_at,
        zone=zone,
        venue=command.venue,
        place=command.place,
        proceeding=command.proceeding,
        served_on=command.served_on,
        timers=timers_for(rules, command.starts_at, zone),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (summoned,)


def _same(journey: Journey, command: SummonHearing) -> HearingState | None:
    """A hearing of this kind at this instant that is not over: two people entered the same summons."""
    for state in journey.hearings.values():
        if state.date and state.date.starts_at == command.starts_at and state.kind == command.hearing_kind:
            return state
    return None


@decides(ConfirmHearing)
def _confirm(journey: Journey, command: ConfirmHearing, surroundings: Surroundings) -> Decision:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, _ = found
    if state.date is None:
        return Refused(code=RefusalCode.HEARING_WITHOUT_DATE, part=state.key, part_version=state.version)
    if state.status is HearingStatus.CONFIRMED:
        return ()
    return (HearingConfirmed(hearing=state.number, note=command.note),)


@decides(MoveHearing)
def _move(journey: Journey, command: MoveHearing, surroundings: Surroundings) -> Decision:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    starts_at = command.starts_at or (state.date.starts_at if state.date else None)
    if starts_at is None:
        return Refused(code=RefusalCode.DATE_REQUIRED, part=state.key, part_version=state.version)
    place = _place(state, command, starts_at, surroundings)
    if isinstance(place, Refused):
        return place
    date = state.date
    stays = date and (date.starts_at, date.zone, date.venue) == (place.starts_at, place.zone, place.venue)
    if stays and command.place is None:
        return ()
    moved = HearingMoved(
        hearing=state.number,
        reason=command.reason,
        starts_at=place.starts_at,
        zone=place.zone,
        venue=place.venue,
        place=place.place,
        timers=timers_for(rules, place.starts_at, place.zone),
        note=command.note,
    )
    return (moved,)


@decides(PostponeHearing)
def _postpone(journey: Journey, command: PostponeHearing, surroundings: Surroundings) -> Decision:
    found = _giving_up(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    next_date = found.rules.ladder.after_postponement
    postponed = HearingPostponed(
        hearing=found.state.number,
        reason=command.reason,
        starts_at=command.starts_at,
        zone=found.place.zone if found.place else None,
        venue=found.place.venue if found.place else None,
        place=found.place.place if found.place else None,
        timers=found.timers(next_date),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (postponed,)


@decides(InterruptHearing)
def _interrupt(journey: Journey, command: InterruptHearing, surroundings: Surroundings) -> Decision:
    found = _giving_up(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := not_yet(found.state, surroundings):
        return refused
    next_date = found.rules.ladder.after_interruption
    interrupted = HearingInterrupted(
        hearing=found.state.number,
        reason=command.reason,
        starts_at=command.starts_at,
        zone=found.place.zone if found.place else None,
        venue=found.place.venue if found.place else None,
        place=found.place.place if found.place else None,
        timers=found.timers(next_date),
        debrief=debrief_timer(found.rules, len(found.state.debriefs) + 1, found.since),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (interrupted,)


def not_yet(state: HearingState, surroundings: Surroundings) -> Refused | None:
    """A refusal where the hearing has not begun: it can be postponed or called off, but not have taken place."""
    if state.date is None:
        return Refused(code=RefusalCode.HEARING_WITHOUT_DATE, part=state.key, part_version=state.version)
    if state.date.starts_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.HEARING_AHEAD, part=state.key, part_version=state.version)
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """When and where."""

    starts_at: datetime
    zone: str
    venue: UUID | None
    place: Sealed[Legal] | None


@dataclass(frozen=True, slots=True)
class _GivenUp:
    """A date that is given up, and the next one where it is known."""

    state: HearingState
    rules: Rules
    place: _Place | None
    since: datetime

    def timers(self, next_date: NextDate) -> Timers:
        if self.place is None:
            return timers_without_date(self.rules, next_date, self.since)
        return timers_for(self.rules, self.place.starts_at, self.place.zone)


def _giving_up(
    journey: Journey, command: PostponeHearing | InterruptHearing, surroundings: Surroundings
) -> _GivenUp | Refused:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if state.date is None:
        return Refused(code=RefusalCode.HEARING_WITHOUT_DATE, part=state.key, part_version=state.version)
    since = command.occurred_at or surroundings.now
    if command.starts_at is None:
        return _GivenUp(state, rules, None, since)
    place = _place(state, command, command.starts_at, surroundings)
    return place if isinstance(place, Refused) else _GivenUp(state, rules, place, since)


def _place(
    state: HearingState,
    command: MoveHearing | PostponeHearing | InterruptHearing,
    starts_at: datetime,
    surroundings: Surroundings,
) -> _Place | Refused:
    """The next date; zone and venue are those of the last one unless others are given."""
    last = state.dates[-1]
    zone = command.zone or last.zone
    if not is_zone(zone):
        return Refused(code=RefusalCode.UNKNOWN_ZONE, part=state.key, part_version=state.version)
    if starts_at <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    elsewhere = command.venue is not None or command.place is not None
    return _Place(
        starts_at,
        zone,
        command.venue if elsewhere else last.venue,
        command.place if elsewhere else last.place,
    )
