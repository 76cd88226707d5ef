"""The checklist: each line needed, confirmed or not needed; the supervisor hears only of what is still open."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Role
from domain.journey.hearing.codes import ArrangementStatus, HearingReason
from domain.journey.hearing.commands import ArrangeHearing, PostponeHearing
from domain.journey.hearing.events import HearingArranged
from domain.refusal import RefusalCode
from tests.domain.given import NOTE
from tests.domain.hearing.court import hearing, ladder, local, owes, rung, summoned, told

MAY = local(2026, 5, 13)
LINE = "hearing:1:arrangement:interpreter"
ANA = UUID("00000000-0000-4000-8000-00000000b001")


def answer(status: ArrangementStatus, arrangement: str = "interpreter", by: UUID | None = None) -> ArrangeHearing:
    """What somebody says of a line."""
    return ArrangeHearing(hearing=1, arrangement=arrangement, status=status, by=by)


def test_a_line_is_answered_with_who_sees_to_it() -> None:
    """Needed, it stays owed; confirmed, it does not."""
    at = summoned(MAY)
    needed = at.when(answer(ArrangementStatus.NEEDED, by=ANA)).then(
        HearingArranged(hearing=1, arrangement="interpreter", status=ArrangementStatus.NEEDED, by=ANA)
    )
    assert hearing(needed).arrangements["interpreter"].by == ANA
    assert LINE in owes(needed)
    assert LINE not in owes(needed.having(answer(ArrangementStatus.CONFIRMED, by=ANA)))
    assert LINE not in owes(at.having(answer(ArrangementStatus.NOT_NEEDED)))
    needed.when(answer(ArrangementStatus.NEEDED, by=ANA)).then_nothing()


def test_the_supervisor_is_told_five_days_before_of_what_is_open() -> None:
    """And the named person two days before."""
    at = summoned(MAY).at(local(2026, 4, 30, 16))
    fired = at.when(rung(at, "due", LINE))
    assert [role for role, _ in told(fired.events)] == [Role.CASEWORKER]
    later = fired.after.at(local(2026, 5, 8, 8))
    fired = later.when(rung(later, "escalate-supervisor-before-5-calendar-days", LINE))
    assert [role for role, _ in told(fired.events)] == [Role.CASEWORKER, Role.SUPERVISOR]
    last = fired.after.at(local(2026, 5, 11, 8))
    fired = last.when(rung(last, "escalate-on-call-before-2-calendar-days", LINE))
    assert Role.ON_CALL in [role for role, _ in told(fired.events)]


def test_nobody_is_told_of_what_was_arranged() -> None:
    """The wake that was set before comes to nothing."""
    at = summoned(MAY)
    wake = rung(at, "escalate-supervisor-before-5-calendar-days", LINE)
    arranged = at.having(answer(ArrangementStatus.CONFIRMED)).at(local(2026, 5, 8, 8))
    arranged.when(wake).then_nothing()


def test_an_arrangement_that_fell_through_is_owed_again() -> None:
    """With what is left of its ladder: nobody is told twice of the same."""
    at = summoned(MAY).at(local(2026, 4, 30, 16))
    at = at.having(rung(at, "due", LINE), answer(ArrangementStatus.CONFIRMED), answer(ArrangementStatus.NEEDED))
    assert list(ladder(at, LINE)) == [
        "escalate-supervisor-before-5-calendar-days",
        "escalate-on-call-before-2-calendar-days",
    ]


def test_a_line_may_be_added() -> None:
    """One that this kind of hearing does not have by itself, also while there is no date."""
    at = summoned(MAY).having(answer(ArrangementStatus.NEEDED, "childcare"))
    assert next(iter(ladder(at, "hearing:1:arrangement:childcare").items())) == ("due", "2026-05-06 16:00")
    waiting = summoned(MAY).having(
        PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED), answer(ArrangementStatus.NEEDED, "childcare")
    )
    assert owes(waiting) == {"hearing:1"}
    at.when(answer(ArrangementStatus.NEEDED, "horses")).then_refused(
        RefusalCode.UNKNOWN_ARRANGEMENT, allowed=("power-of-attorney", "interpreter", "childcare")
    )


def test_each_line_is_a_part_of_its_own() -> None:
    """Two people at two lines do not meet; at one, the second sees what the first did."""
    at = summoned(MAY)
    seen = hearing(at).arrangements["interpreter"].version
    other = at.having(answer(ArrangementStatus.CONFIRMED, "power-of-attorney"))
    mine = answer(ArrangementStatus.NEEDED).model_copy(update={"seen": seen, "note": NOTE})
    assert other.when(mine).events
    late = at.having(answer(ArrangementStatus.NOT_NEEDED))
    late.when(mine).then_refused(RefusalCode.PART_CHANGED, part=LINE)
