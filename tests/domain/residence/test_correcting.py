"""What was said of a permit by mistake, and the permit that then stands again."""

from __future__ import annotations

from datetime import date

from domain.journey import obligations
from domain.journey.residence.clock import permit_deadline
from domain.journey.residence.codes import EndReason, PermitStatus
from domain.journey.residence.commands import CorrectResidence, EndResidence, RevokeResidence
from domain.journey.residence.events import ResidenceCorrected, ResidenceReinstated
from domain.refusal import RefusalCode
from tests.domain.given import NOTE, Given
from tests.domain.residence.scenes import FIRST, fire_next, grant, granted, next_wake, permit
from tests.domain.residence.test_clock import PATHWAY, RULES, kind


def owed(given: Given) -> list[str]:
    """The permits that are watched over."""
    return [o.key for o in obligations(given.state) if o.key.startswith("residence")]


def test_a_last_day_is_put_right_with_every_timer() -> None:
    """What is left out stays."""
    before = granted().later(days=3)
    corrects, until = permit(before).version, date(2026, 5, 1)
    after = before.when(CorrectResidence(corrects=corrects, permit_kind="short", valid_until=until, note=NOTE)).then(
        ResidenceCorrected(
            number=1,
            corrects=corrects,
            kind="short",
            ground="rest",
            valid_from=FIRST,
            valid_until=until,
            deadline=permit_deadline(kind("short"), RULES, PATHWAY, valid_until=until, now=before.now),
            note=NOTE,
        )
    )
    assert permit(after).valid_until == until
    assert next_wake(after).date_version == 2


def test_a_revocation_by_mistake_is_taken_back() -> None:
    """The permit is valid again, the alarm is silent, both events stay."""
    before = granted().having(RevokeResidence(ground="security"))
    after = before.having(CorrectResidence(corrects=permit(before).version, permit_kind="short"))
    assert (permit(after).status, permit(after).revoked_for) == (PermitStatus.VALID, None)
    assert next_wake(after).rung == "before-30-calendar-days"


def test_one_that_ran_out_by_a_typing_error_stands_again() -> None:
    """Its last day was entered a year too early."""
    scene = granted("long", "opinion", valid_until=date(2026, 3, 5))
    while permit(scene).status is PermitStatus.VALID:
        scene = fire_next(scene)
    again = CorrectResidence(corrects=permit(scene).version, permit_kind="long", valid_until=date(2027, 3, 5))
    after = scene.having(again)
    assert permit(after).status is PermitStatus.VALID


def test_a_permit_that_was_never_given_lets_the_one_before_stand_again() -> None:
    """Entered in the wrong journey: the ninety days are watched over as before, with what is ahead of their ladder."""
    before = granted().later(days=10).having(grant("long", "opinion", date(2026, 3, 12))).later(days=70)
    corrects = permit(before).version
    deadline = permit_deadline(kind("short"), RULES, PATHWAY, valid_until=date(2026, 5, 30), now=before.now)
    after = before.when(CorrectResidence(corrects=corrects)).then(
        ResidenceCorrected(number=2, corrects=corrects), ResidenceReinstated(number=1, deadline=deadline)
    )
    assert owed(after) == ["residence:1"]
    assert next_wake(after).rung == "before-7-calendar-days"


def test_a_revoked_permit_stands_again_as_revoked() -> None:
    """And rings."""
    before = granted("long", "opinion").having(RevokeResidence(ground="security"), grant("short", "rest"))
    after = before.having(CorrectResidence(corrects=permit(before).version))
    assert permit(after).status is PermitStatus.REVOKED
    assert next_wake(after).at == after.now


def test_two_mistakes_one_after_the_other() -> None:
    """The one between is void already: the first stands again."""
    one = granted().having(grant("long", "opinion"), grant("long", "presence"))
    middle = one.having(CorrectResidence(corrects=one.state.permits[2].version))
    assert owed(middle) == ["residence:3"]
    after = middle.having(CorrectResidence(corrects=middle.state.permits[3].version))
    assert owed(after) == ["residence:1"]


def test_an_earlier_permit_is_put_right_and_stays_where_it_is() -> None:
    """Only one is watched over."""
    scene = granted().having(grant("long", "opinion"))
    first = scene.state.permits[1].version
    after = scene.having(CorrectResidence(corrects=first, permit_kind="short", valid_until=date(2026, 5, 29)))
    assert after.state.permits[1].status is PermitStatus.FOLLOWED
    assert after.state.permits[1].valid_until == date(2026, 5, 29)
    assert owed(after) == ["residence:2"]


def test_one_no_longer_watched_over_stays_so_beside_a_newer_one() -> None:
    """And where there is no newer one, it is watched over again."""
    ended = granted().having(EndResidence(reason=EndReason.OTHER))
    again = CorrectResidence(corrects=ended.state.permits[1].version, permit_kind="short")
    assert owed(ended.having(again)) == ["residence:1"]
    newer = ended.having(grant("long", "opinion"))
    assert owed(newer.having(again)) == ["residence:2"]
    void = newer.having(CorrectResidence(corrects=newer.state.permits[1].version))
    assert owed(void) == ["residence:2"]


def test_only_what_was_last_said_of_a_permit_is_corrected() -> None:
    """And to something that can be."""
    scene = granted()
    version = permit(scene).version
    scene.when(CorrectResidence(corrects=version - 1)).then_refused(RefusalCode.NOTHING_TO_CORRECT, part="residence")
    void = scene.having(CorrectResidence(corrects=version))
    void.when(CorrectResidence(corrects=void.state.permits[1].version)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    scene.when(CorrectResidence(corrects=version, permit_kind="odd")).then_refused(RefusalCode.UNKNOWN_PERMIT_KIND)
    scene.when(CorrectResidence(corrects=version, permit_kind="long")).then_refused(RefusalCode.UNKNOWN_GROUND)
    scene.when(CorrectResidence(corrects=version, permit_kind="short", valid_until=date(2026, 3, 1))).then_refused(
        RefusalCode.DATES_OUT_OF_ORDER
    )
    without = PATHWAY.model_copy(update={"residence": None})
    scene.on(without).when(CorrectResidence(corrects=version)).then_refused(RefusalCode.NOT_IN_PATHWAY)
