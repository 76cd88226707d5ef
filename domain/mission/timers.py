"""The instants of a mission, computed in deciders by the pathway's section and stored in events."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import local_date
from domain.codes import Role
from domain.deadline import Deadline, deadline_at
from domain.pathway.chain import Chain
from domain.pathway.common import EscalateRung, RemindRung, Span, Title
from domain.pathway.missions import Missions
from domain.pathway.model import Due, Pathway, Step
from domain.stream.chaining import chain_deadline
from domain.stream.deciding import Surroundings


def missions_of(pathway: Pathway) -> Missions:
    """The section by which a mission was planned. Raises `LookupError` where there is none: no mission began there."""
    if pathway.missions is None:
        raise LookupError(f"pathway {pathway.pathway} has no section `missions`")
    return pathway.missions


def departure_deadline(surroundings: Surroundings, departure: datetime, zone: str) -> Deadline:
    """By when the team leaves or the mission is called off."""
    rules = missions_of(surroundings.pathway).departure
    return _laddered(surroundings, departure, zone, rules.remind, rules.escalate, rules.stalled_after)


def check_in_deadline(surroundings: Surroundings, heard_at: datetime, zone: str) -> Deadline:
    """By when the team is to be heard of again."""
    rules = missions_of(surroundings.pathway)
    return _called(rules.silent, surroundings, heard_at + rules.check_in_every, zone)


def return_deadline(surroundings: Surroundings, expected: datetime, zone: str) -> Deadline:
    """By when the team is to be back. Late is as bad as silent: the same people are called."""
    return _called(missions_of(surroundings.pathway).silent, surroundings, expected, zone)


def alarm_deadline(surroundings: Surroundings, zone: str, *, after: timedelta = timedelta(0)) -> Deadline:
    """An alarm: at once, or once somebody's time for it has passed."""
    return _called(missions_of(surroundings.pathway).alarm, surroundings, surroundings.now + after, zone)


def acknowledged_deadline(surroundings: Surroundings, zone: str) -> Deadline:
    """When an overdue check-in or return that somebody sees to calls the chain again."""
    rules = missions_of(surroundings.pathway)
    return _called(rules.silent, surroundings, surroundings.now + rules.acknowledged_for, zone)


def report_deadline(surroundings: Surroundings, returned_at: datetime, zone: str) -> Deadline:
    """By when the mission is reported on: hours are counted on instants."""
    rules = missions_of(surroundings.pathway).report
    due_at = returned_at + hours(rules.within)
    return _laddered(surroundings, due_at, zone, rules.remind, rules.escalate, rules.stalled_after)


def hours(span: Span) -> timedelta:
    """A span in hours (`check_missions` sees to it that it is one)."""
    return timedelta(hours=span.count)


def _called(chain: Chain, surroundings: Surroundings, due_at: datetime, zone: str) -> Deadline:
    deadline = chain_deadline(chain, surroundings.pathway, now=surroundings.now, due_at=due_at)
    return _in_zone(deadline, zone)


def _laddered(
    surroundings: Surroundings,
    due_at: datetime,
    zone: str,
    remind: tuple[RemindRung, ...],
    escalate: tuple[EscalateRung, ...],
    stalled_after: Span,
) -> Deadline:
    as_step = Step(
        step="mission",
        title=Title(sr="Терен", en="Mission"),
        role=Role.MOBILE_TEAM,
        due=Due(within=Span(count=0)),
        remind=remind,
        escalate=escalate,
        stalled_after=stalled_after,
    )
    return _in_zone(deadline_at(as_step, surroundings.pathway, now=surroundings.now, due_at=due_at), zone)


def _in_zone(deadline: Deadline, zone: str) -> Deadline:
    """Told in the zone of the plan: a team abroad reads its own clocks."""
    return deadline.model_copy(update={"zone": zone, "due_on": local_date(deadline.due_at, zone)})
