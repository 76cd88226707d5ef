"""A journey neither ends nor is merged while a term of the client's runs: nobody would be reminded of it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import ClosingReason, Phase
from domain.command import Command
from domain.journey import obligations
from domain.journey.closing import CloseJourney
from domain.journey.merging import MergeJourney
from domain.journey.proceedings.codes import WaiverReason
from domain.journey.proceedings.term_commands import MeetTerm, MissTerm, StartTerm, WaiveTerm
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode
from tests.domain.given import OTHER, Given
from tests.proceedings_examples import in_court, noon, term

NOW = noon(2026, 3, 20)
APPEAL = term("zpp-367-appeal", date(2026, 3, 20))
CLOSE = CloseJourney(reason=ClosingReason.CLIENT_WISH)


def appealing(*more: Command) -> Given:
    """Civil proceedings with the term for an appeal running."""
    return in_court(NOW, Matter.CIVIL).having(APPEAL, *more)


@pytest.mark.parametrize("reason", ClosingReason)
def test_it_is_not_closed_for_any_reason(reason: ClosingReason) -> None:
    """Nor for death: heirs may go on. A term that nobody needs is let pass, with a reason."""
    appealing().when(CloseJourney(reason=reason)).then_refused(RefusalCode.TERMS_RUNNING, part="term:1")


def test_a_duplicate_is_not_merged_meanwhile() -> None:
    """The survivor would only be reviewed; the term is entered there first, and let pass here."""
    merge = MergeJourney(survivor=OTHER)
    appealing().when(merge).then_refused(RefusalCode.TERMS_RUNNING, part="term:1")
    merged = appealing(WaiveTerm(term=1, reason=WaiverReason.ENTERED_BY_MISTAKE)).having(merge)
    assert merged.state.phase is Phase.MERGED


def test_the_refusal_names_the_term_that_ends_first() -> None:
    """A second judgment was served earlier."""
    given = appealing(term("zpp-367-appeal", date(2026, 3, 10)))
    version = given.state.terms[2].version
    given.when(CLOSE).then_refused(RefusalCode.TERMS_RUNNING, part="term:2", part_version=version)


@pytest.mark.parametrize("settled", [MeetTerm(term=1), WaiveTerm(term=1, reason=WaiverReason.CLIENT_DECIDED)])
def test_once_it_is_settled_the_journey_is_closed(settled: Command) -> None:
    """Met, or let pass."""
    after = appealing(settled).having(CLOSE)
    assert after.state.phase is Phase.CLOSED


def test_missed_is_settled_once_restoration_is_answered() -> None:
    """The term for restoration runs by then, and is the client's too."""
    missed = appealing().at(noon(2026, 4, 20)).having(MissTerm(term=1))
    restoration = [t for t in missed.state.terms.values() if not t.is_over]
    assert [t.restores for t in restoration] == [1]
    missed.when(CLOSE).then_refused(RefusalCode.TERMS_RUNNING, part=restoration[0].key)
    waived = missed.having(WaiveTerm(term=restoration[0].number, reason=WaiverReason.NOT_NEEDED))
    assert waived.having(CLOSE).state.phase is Phase.CLOSED


@pytest.mark.parametrize("theirs", [term("zpp-297-reply", date(2026, 3, 20))])
def test_a_term_of_others_holds_nobody_back(theirs: StartTerm) -> None:
    """The defendant's reply is none of ours."""
    closed = in_court(NOW, Matter.CIVIL).having(theirs, CLOSE)
    assert closed.state.phase is Phase.CLOSED
    assert obligations(closed.state) == []
