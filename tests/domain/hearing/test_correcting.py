"""A mistake stays in the chain of dates, marked; what stood before it stands again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.codes import ObligationKind
from domain.journey import obligations
from domain.journey.hearing.codes import ArrangementStatus, DateEnd, HearingOutcome, HearingReason, HearingStatus
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    ConfirmHearing,
    CorrectHearing,
    DebriefHearing,
    HoldHearing,
    MoveHearing,
    PostponeHearing,
)
from domain.refusal import RefusalCode
from tests.domain.given import Given
from tests.domain.hearing.court import hearing, ladder, local, owes, summoned

MAY, JULY = local(2026, 5, 13), local(2026, 7, 7)
HELD = HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD)


def unsaid(at: Given) -> Given:
    """The last thing said was a mistake."""
    version = hearing(at).said_version
    assert version is not None
    return at.having(CorrectHearing(hearing=1, corrects=version))


def test_it_was_not_held_after_all() -> None:
    """The date stands again with its timers; the talk that never was is owed no more."""
    before = summoned(MAY).at(local(2026, 5, 13, 10))
    after = unsaid(before.having(HELD))
    assert hearing(after).status is HearingStatus.SUMMONED
    assert owes(after) == {"hearing:1"}, "the checklist of an hour that has passed is not owed"
    assert [(d.starts_at, d.ended, d.retracted) for d in hearing(after).dates] == [
        (MAY, DateEnd.HELD, True),
        (MAY, None, False),
    ]
    again = after.having(HELD)
    assert owes(again) == {"hearing:1:debrief-1"}
    assert hearing(again).debriefs[0].clockwork.date_version == 2, "its letters are other letters"


def test_a_postponement_was_another_case() -> None:
    """The old date and what was arranged for it hold; the new one is marked as a mistake."""
    confirmed = ArrangeHearing(hearing=1, arrangement="interpreter", status=ArrangementStatus.CONFIRMED)
    at = summoned(MAY).having(confirmed, ConfirmHearing(hearing=1))
    wrong = at.having(PostponeHearing(hearing=1, reason=HearingReason.OTHER, starts_at=JULY))
    after = unsaid(wrong)
    assert hearing(after).status is HearingStatus.CONFIRMED
    assert hearing(after).arrangements["interpreter"].status is ArrangementStatus.CONFIRMED
    assert [(d.starts_at, d.ended, d.retracted) for d in hearing(after).dates] == [
        (MAY, DateEnd.POSTPONED, True),
        (JULY, DateEnd.MISTAKEN, True),
        (MAY, None, False),
    ]
    assert hearing(after).postponements == 0
    assert ladder(after) == ladder(at)


def test_a_date_that_the_court_never_gave() -> None:
    """The hearing waits for one again."""
    waiting = summoned(MAY).at(MAY).having(PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED))
    after = unsaid(waiting.having(MoveHearing(hearing=1, starts_at=JULY, reason=HearingReason.DATE_FIXED)))
    assert hearing(after).status is HearingStatus.POSTPONED
    assert hearing(after).date is None
    assert owes(after) == {"hearing:1"}


def test_a_confirmation_was_a_mistake() -> None:
    """No date changes, so none is added."""
    after = unsaid(summoned(MAY).having(ConfirmHearing(hearing=1)))
    assert hearing(after).status is HearingStatus.SUMMONED
    assert len(hearing(after).dates) == 1


def test_the_summons_said_something_else() -> None:
    """Another kind has another trap and another checklist; the same date stands and what was said of it."""
    at = summoned(MAY)
    kind = CorrectHearing(
        hearing=1, corrects=hearing(at).version, hearing_kind="preparatory", served_on=date(2026, 3, 1)
    )
    after = at.having(kind)
    assert (hearing(after).kind, hearing(after).served_on) == ("preparatory", date(2026, 3, 1))
    assert "hearing:1:seen" in owes(after)
    assert {key for key in owes(after) if "arrangement" in key} == {"hearing:1:arrangement:power-of-attorney"}
    seen = after.having(AcknowledgeHearing(hearing=1))
    again = seen.having(CorrectHearing(hearing=1, corrects=hearing(seen).version, proceeding=UUID(int=5)))
    assert hearing(again).proceeding == UUID(int=5)
    assert not [o for o in obligations(again.state) if o.kind is ObligationKind.HEARING_ACKNOWLEDGEMENT]


def test_only_the_last_thing_said_is_corrected() -> None:
    """An older form sees what is newer; and there may be nothing to correct."""
    at = summoned(MAY).at(local(2026, 5, 13, 10))
    summons = hearing(at).version
    at.when(CorrectHearing(hearing=1, corrects=summons)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    at.when(CorrectHearing(hearing=1, corrects=summons + 9)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    confirmed = at.having(ConfirmHearing(hearing=1))
    held = confirmed.having(HELD, DebriefHearing(hearing=1))
    old = CorrectHearing(hearing=1, corrects=hearing(confirmed).version)
    held.when(old).then_refused(RefusalCode.PART_CHANGED, part="hearing:1", part_version=hearing(held).version)
    late = CorrectHearing(hearing=1, corrects=summons, served_on=date(2030, 1, 1))
    at.when(late).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
