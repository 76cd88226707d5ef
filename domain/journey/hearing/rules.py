"""What the pathway says about one hearing, and what of the hearing counts for its timers; found once in a decider."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.journey.deciding import Surroundings
from domain.journey.hearing.codes import ArrangementStatus
from domain.journey.hearing.ladders import Office
from domain.journey.hearing.state import HearingState, PlanState, hearing_key
from domain.journey.state import Journey
from domain.pathway.hearings import Arrangement, HearingKind, HearingPlan, Hearings, Ladder, Trap
from domain.refusal import RefusalCode, Refused


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for a hearing of one kind, with what of its checklist and plan exists so far."""

    office: Office
    section: Hearings
    kind: HearingKind
    ladder: Ladder
    trap: Trap | None
    checklist: tuple[Arrangement, ...]
    confirmed: frozenset[str] = frozenset()
    under_way: PlanState | None = None
    plan: HearingPlan | None = None


def section_of(surroundings: Surroundings) -> Hearings | Refused:
    """The section of the pathway, or that it has none."""
    return surroundings.pathway.hearings or Refused(code=RefusalCode.NO_HEARINGS_IN_PATHWAY)


def rules_of(kind: str, surroundings: Surroundings, state: HearingState | None = None) -> Rules | Refused:
    """The rules for a hearing of this kind, with the lines that were added to its checklist."""
    section = section_of(surroundings)
    if isinstance(section, Refused):
        return section
    found = section.find_kind(kind)
    ladder = section.find_ladder(found.ladder) if found else None
    if found is None or ladder is None:
        return Refused(code=RefusalCode.UNKNOWN_HEARING_KIND, allowed=tuple(k.hearing for k in section.kinds))
    known = state.arrangements.values() if state else ()
    # Of the checklist of a kind that was a mistake, what somebody has answered stays.
    kept = (a.arrangement for a in known if a.status is not ArrangementStatus.UNDECIDED)
    lines = dict.fromkeys((*found.arrangements, *kept))
    return Rules(
        office=Office(surroundings.pathway, surroundings.now),
        section=section,
        kind=found,
        ladder=ladder,
        trap=section.find_trap(found.trap) if found.trap else None,
        checklist=tuple(a for key in lines if (a := section.find_arrangement(key))),
        confirmed=frozenset(a.arrangement for a in known if a.status is ArrangementStatus.CONFIRMED),
        under_way=state.plan if state else None,
        plan=section.find_plan(state.plan.plan) if state and state.plan else None,
    )


def find_hearing(journey: Journey, number: int, seen: int | None) -> HearingState | Refused:
    """The hearing; refuses a form that shows an older one."""
    state = journey.hearings.get(number)
    if state is None:
        return Refused(code=RefusalCode.UNKNOWN_HEARING, part=hearing_key(number))
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return state


def find_ahead(
    journey: Journey, number: int, seen: int | None, surroundings: Surroundings
) -> tuple[HearingState, Rules] | Refused:
    """A hearing that is not over, with its rules."""
    state = find_hearing(journey, number, seen)
    if isinstance(state, Refused):
        return state
    if state.is_over:
        return Refused(code=RefusalCode.HEARING_OVER, part=state.key, part_version=state.version)
    rules = rules_of(state.kind, surroundings, state)
    return rules if isinstance(rules, Refused) else (state, rules)


def is_zone(name: str) -> bool:
    """Whether there is such a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
