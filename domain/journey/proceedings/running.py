"""Why a journey may neither end nor be merged yet: a term of the client runs, and nobody would be reminded of it."""

from __future__ import annotations

from domain.journey.proceedings.state import TermState
from domain.journey.state import Journey
from domain.law import Duty
from domain.refusal import RefusalCode, Refused


def is_running(term: TermState) -> bool:
    """Whether our client has to act within this term and nothing has settled it.

    A limitation runs for years beside every end of our help, and is none.
    """
    return term.duty is Duty.CLIENT and not term.is_over and not term.is_limitation


def refuse_running(journey: Journey) -> Refused | None:
    """A refusal that names the term that ends first: it is to be met, let pass for a reason, or missed."""
    term = min(filter(is_running, journey.terms.values()), key=lambda t: (t.due_on, t.number), default=None)
    if term is None:
        return None
    return Refused(code=RefusalCode.TERMS_RUNNING, part=term.key, part_version=term.version)
