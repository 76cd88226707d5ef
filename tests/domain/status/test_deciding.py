"""Formal status: the state's decisions, learned when they are learned, corrected beside the mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from domain.codes import ClosingReason
from domain.journey.closing import CloseJourney
from domain.journey.merging import MergeJourney
from domain.journey.status.chain import FOLLOWING
from domain.journey.status.events import (
    CorrectFormalStatus,
    FormalStatusCorrected,
    FormalStatusDecided,
    RecordFormalStatus,
)
from domain.pathway.formal_status import FormalStatus
from domain.refusal import RefusalCode
from tests.domain.given import NOTE, OTHER, Given, begun
from tests.pathway_examples import small_pathway

TODAY = date(2026, 3, 2)
DOCUMENT = UUID("00000000-0000-4000-8000-0000000d0c01")
REPORTED, PRESUMED, IDENTIFIED = FormalStatus.REPORTED, FormalStatus.PRESUMED, FormalStatus.IDENTIFIED
REJECTED, STOPPED, NOT_CONFIRMED = FormalStatus.REJECTED, FormalStatus.STOPPED, FormalStatus.NOT_CONFIRMED
REOPENED = FormalStatus.REOPENED
PATHS: dict[FormalStatus | None, tuple[FormalStatus, ...]] = {
    None: (),
    REPORTED: (REPORTED,),
    PRESUMED: (REPORTED, PRESUMED),
    IDENTIFIED: (REPORTED, PRESUMED, IDENTIFIED),
    REJECTED: (REPORTED, REJECTED),
    STOPPED: (REPORTED, PRESUMED, STOPPED),
    NOT_CONFIRMED: (REPORTED, NOT_CONFIRMED),
    REOPENED: (REPORTED, REJECTED, REOPENED),
}
"""How each status is reached."""
ALLOWED = {
    (None, REPORTED), (None, PRESUMED), (None, IDENTIFIED), (None, REJECTED), (None, STOPPED), (None, NOT_CONFIRMED),
    (REPORTED, PRESUMED), (REPORTED, IDENTIFIED), (REPORTED, REJECTED), (REPORTED, STOPPED), (REPORTED, NOT_CONFIRMED),
    (PRESUMED, IDENTIFIED), (PRESUMED, REJECTED), (PRESUMED, STOPPED), (PRESUMED, NOT_CONFIRMED),
    (IDENTIFIED, REPORTED), (IDENTIFIED, REOPENED),
    (REJECTED, REPORTED), (REJECTED, REOPENED),
    (STOPPED, REPORTED), (STOPPED, REOPENED),
    (NOT_CONFIRMED, REPORTED), (NOT_CONFIRMED, REOPENED),
    (REOPENED, PRESUMED), (REOPENED, IDENTIFIED), (REOPENED, REJECTED), (REOPENED, STOPPED), (REOPENED, NOT_CONFIRMED),
}  # fmt: skip
"""By hand, from domain.md §1.2: what may follow what. Everything else is refused."""
PAIRS = list(product((None, *FormalStatus), FormalStatus))


def said(status: FormalStatus, **fields: object) -> RecordFormalStatus:
    """The command of whoever may decide it, today."""
    decider = "court" if status is REOPENED else "office"
    body = {"status": status, "decider": decider, "decided_on": TODAY, **fields}
    return RecordFormalStatus.model_validate(body)


def standing(*path: FormalStatus) -> Given:
    """A journey in which these were decided, one after the other."""
    return begun().having(*(said(status) for status in path))


@pytest.mark.parametrize(("before", "after"), [p for p in PAIRS if p in ALLOWED])
def test_what_may_follow_is_taken(before: FormalStatus | None, after: FormalStatus) -> None:
    """Each allowed step, and where one stands afterwards."""
    then = standing(*PATHS[before]).having(said(after))
    assert then.state.formal_status.current is after
    assert [d.status for d in then.state.formal_status.decisions] == [*PATHS[before], after]


@pytest.mark.parametrize(("before", "after"), [p for p in PAIRS if p not in ALLOWED])
def test_what_may_not_follow_is_refused(before: FormalStatus | None, after: FormalStatus) -> None:
    """Each other step, with what would be possible."""
    allowed = tuple(s.value for s in FormalStatus if s in FOLLOWING[before])
    standing(*PATHS[before]).when(said(after)).then_refused(
        RefusalCode.FORMAL_STATUS_NOT_POSSIBLE, part="formal-status", allowed=allowed
    )


def test_a_report_after_a_rejection_is_ordinary() -> None:
    """And another after that: every round stays known."""
    after = standing(REPORTED, REJECTED, REPORTED, STOPPED, REPORTED, PRESUMED, IDENTIFIED)
    assert after.state.formal_status.reports == 3
    assert after.state.formal_status.current is IDENTIFIED


def test_a_decision_says_who_when_and_when_we_learned_it() -> None:
    """Decided a year ago, learned last week, entered today, with its paper in the vault."""
    before = begun()
    decided, learned = date(2025, 2, 27), date(2026, 2, 24)
    after = before.when(said(PRESUMED, decided_on=decided, learned_on=learned, document=DOCUMENT, note=NOTE)).then(
        FormalStatusDecided(
            status=PRESUMED,
            decider="office",
            decided_on=decided,
            learned_on=learned,
            document=DOCUMENT,
            note=NOTE,
        )
    )
    (known,) = after.state.formal_status.decisions
    assert (known.decided_on, known.learned_on, known.document) == (decided, learned, DOCUMENT)


def test_it_was_so_since_it_was_decided() -> None:
    """From the end of that office day; never before the journey, of which nothing can be known earlier."""
    before = begun().later(days=30)
    (event,) = before.when(said(REPORTED, decided_on=date(2026, 3, 20))).events
    assert event.occurred_at == datetime(2026, 3, 20, 15, tzinfo=UTC)
    (event,) = before.when(said(REPORTED, decided_on=date(2025, 3, 20))).events
    assert event.occurred_at == before.state.opened_at
    (event,) = before.at(datetime(2026, 4, 1, 10, tzinfo=UTC)).when(said(REPORTED, decided_on=date(2026, 4, 1))).events
    assert event.occurred_at is None


def test_only_a_competent_body_decides() -> None:
    """The pathway says which."""
    begun().when(said(PRESUMED, decider="court")).then_refused(
        RefusalCode.DECIDER_NOT_COMPETENT, part="formal-status", allowed=("office",)
    )
    standing(REPORTED, REJECTED).when(said(REOPENED, decider="office")).then_refused(
        RefusalCode.DECIDER_NOT_COMPETENT, allowed=("court",)
    )
    begun().when(said(PRESUMED, decider="somebody")).then_refused(RefusalCode.DECIDER_NOT_COMPETENT)


@pytest.mark.parametrize("field", ["decided_on", "learned_on"])
def test_no_decision_lies_in_the_future(field: str) -> None:
    """By the local day: at half past eleven at night in Belgrade tomorrow has not begun."""
    late = begun().at(datetime(2026, 3, 2, 22, 30, tzinfo=UTC))
    late.when(said(PRESUMED, **{field: date(2026, 3, 3)})).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    assert late.later(hours=1).when(said(PRESUMED, **{field: date(2026, 3, 3)})).events


def test_nothing_is_learned_before_it_is_decided() -> None:
    """Nor decided before what it follows."""
    begun().when(said(PRESUMED, learned_on=TODAY - timedelta(days=1))).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
    standing(REPORTED).when(said(PRESUMED, decided_on=TODAY - timedelta(days=1))).then_refused(
        RefusalCode.DATES_OUT_OF_ORDER
    )


def test_two_who_record_at_once_see_each_other() -> None:
    """A form of the state before is a conflict."""
    before = standing(REPORTED)
    version = before.state.formal_status.version
    before.when(said(PRESUMED, seen=0)).then_refused(
        RefusalCode.PART_CHANGED, part="formal-status", part_version=version
    )
    assert before.when(said(PRESUMED, seen=version)).events


def test_a_mistake_is_corrected_beside_it() -> None:
    """What is left out stays; the chain must hold afterwards."""
    before = standing(REPORTED, PRESUMED)
    mistake = before.state.formal_status.decisions[1].version
    after = before.when(CorrectFormalStatus(corrects=mistake, status=REJECTED, note=NOTE)).then(
        FormalStatusCorrected(
            corrects=mistake, status=REJECTED, decider="office", decided_on=TODAY, learned_on=TODAY, note=NOTE
        )
    )
    assert [d.status for d in after.state.formal_status.decisions] == [REPORTED, REJECTED]
    again = after.when(CorrectFormalStatus(corrects=after.state.version, status=REJECTED, document=DOCUMENT)).after
    assert again.state.formal_status.decisions[1].document == DOCUMENT
    assert len(again.state.formal_status.decisions) == 2


def test_an_earlier_decision_is_corrected_where_the_later_ones_still_follow() -> None:
    """The date of a report may be put right years later; what would break the chain is refused."""
    before = standing(REPORTED, PRESUMED, IDENTIFIED)
    first, second, _ = (d.version for d in before.state.formal_status.decisions)
    after = before.having(CorrectFormalStatus(corrects=first, status=REPORTED, decided_on=date(2026, 1, 5)))
    assert after.state.formal_status.decisions[0].decided_on == date(2026, 1, 5)
    assert after.state.formal_status.current is IDENTIFIED
    before.when(CorrectFormalStatus(corrects=second, status=REJECTED)).then_refused(
        RefusalCode.FORMAL_STATUS_NOT_POSSIBLE
    )
    before.later(days=3).when(
        CorrectFormalStatus(corrects=first, status=REPORTED, decided_on=date(2026, 3, 4), learned_on=date(2026, 3, 4))
    ).then_refused(RefusalCode.DATES_OUT_OF_ORDER)


def test_what_was_never_decided_is_taken_out() -> None:
    """Entered in the wrong journey: nothing is known again, and both events stay."""
    before = standing(PRESUMED)
    version = before.state.formal_status.version
    after = before.when(CorrectFormalStatus(corrects=version)).then(FormalStatusCorrected(corrects=version))
    assert after.state.formal_status.current is None
    middle = standing(REPORTED, REJECTED, REPORTED)
    second = middle.state.formal_status.decisions[1].version
    middle.when(CorrectFormalStatus(corrects=second)).then_refused(RefusalCode.FORMAL_STATUS_NOT_POSSIBLE)


def test_only_what_was_recorded_is_corrected() -> None:
    """By the version of its event, and as the form shows it."""
    begun().when(CorrectFormalStatus(corrects=1)).then_refused(RefusalCode.NOTHING_TO_CORRECT, part="formal-status")
    before = standing(REPORTED)
    version = before.state.formal_status.version
    before.when(CorrectFormalStatus(corrects=version - 1)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    before.when(CorrectFormalStatus(corrects=version, seen=version - 1)).then_refused(RefusalCode.PART_CHANGED)
    before.when(CorrectFormalStatus(corrects=version, status=REPORTED, decider="court")).then_refused(
        RefusalCode.DECIDER_NOT_COMPETENT
    )


def test_a_decision_may_come_after_the_help_has_ended() -> None:
    """A closed journey takes it and stays closed; a merged one sends to where the work goes on."""
    closed = standing(REPORTED).having(CloseJourney(reason=ClosingReason.GOALS_REACHED)).later(days=300)
    after = closed.having(said(REJECTED, decided_on=date(2026, 11, 3)))
    assert after.state.formal_status.current is REJECTED
    assert not after.state.is_open
    merged = begun().having(MergeJourney(survivor=OTHER))
    merged.when(said(REPORTED)).then_refused(RefusalCode.JOURNEY_MERGED, other=OTHER)


def test_a_pathway_without_the_section_says_so() -> None:
    """Other organisations have no such matter."""
    pathway = small_pathway().model_copy(update={"formal_status": None})
    begun().on(pathway).when(said(REPORTED)).then_refused(RefusalCode.NOT_IN_PATHWAY, part="formal-status")
