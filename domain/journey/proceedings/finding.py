"""What a command of this part is about, or why it is not there."""

from __future__ import annotations

from domain.journey.deciding import Surroundings
from domain.journey.proceedings.state import (
    PROCEEDINGS,
    FeeState,
    ProceedingsState,
    TermState,
    fee_key,
    proceedings_key,
    term_key,
)
from domain.journey.state import Journey
from domain.pathway.hearings import Matter
from domain.pathway.proceedings import ProceedingsRules
from domain.refusal import RefusalCode, Refused


def rules_of(surroundings: Surroundings) -> ProceedingsRules | Refused:
    """The section of the pathway, or that it has none."""
    return surroundings.pathway.proceedings or Refused(code=RefusalCode.NOT_IN_PATHWAY, part=PROCEEDINGS)


def find_proceedings(journey: Journey, number: int, seen: int | None = None) -> ProceedingsState | Refused:
    """Proceedings that are not over; refuses a form that shows an older state of them."""
    state = journey.proceedings.get(number)
    if state is None:
        return Refused(code=RefusalCode.UNKNOWN_PROCEEDINGS, part=proceedings_key(number))
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    if state.is_over:
        return Refused(code=RefusalCode.PROCEEDINGS_OVER, part=state.key, part_version=state.version)
    return state


def find_term(journey: Journey, number: int, seen: int | None = None) -> TermState | Refused:
    """A term or limitation, ended or not; refuses a form that shows an older state of it."""
    state = journey.terms.get(number)
    if state is None:
        return Refused(code=RefusalCode.UNKNOWN_ENTRY, part=term_key(number))
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return state


def find_running(journey: Journey, number: int, seen: int | None = None) -> TermState | Refused:
    """A term or limitation that has not ended."""
    state = find_term(journey, number, seen)
    if isinstance(state, TermState) and state.is_over:
        return Refused(code=RefusalCode.ENTRY_SETTLED, part=state.key, part_version=state.version)
    return state


def find_limitation(journey: Journey, number: int, seen: int | None = None) -> TermState | Refused:
    """A limitation that has not ended."""
    state = find_running(journey, number, seen)
    if isinstance(state, TermState) and not state.is_limitation:
        return Refused(code=RefusalCode.UNKNOWN_ENTRY, part=state.key, part_version=state.version)
    return state


def find_fee(journey: Journey, number: int, seen: int | None) -> FeeState | Refused:
    """A fee that is not settled."""
    state = journey.fees.get(number)
    if state is None:
        return Refused(code=RefusalCode.UNKNOWN_ENTRY, part=fee_key(number))
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    if state.outcome is not None:
        return Refused(code=RefusalCode.ENTRY_SETTLED, part=state.key, part_version=state.version)
    return state


def not_of(matter: Matter, allowed: tuple[str, ...] = (), number: int | None = None) -> Refused:
    """A refusal of what does not belong to criminal, or to civil, proceedings."""
    part = PROCEEDINGS if number is None else proceedings_key(number)
    return Refused(code=RefusalCode.NOT_OF_THIS_MATTER, part=part, allowed=allowed or (matter.value,))
