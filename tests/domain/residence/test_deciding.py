"""Permits granted, applied for, extended, revoked and no longer watched over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.codes import Mover, ObligationKind, Role
from domain.journey import obligations
from domain.journey.assignment import Assign
from domain.journey.obligation import is_wanted
from domain.journey.residence.clock import alarm_at_once, permit_deadline
from domain.journey.residence.codes import ApplicationOutcome, EndReason, PermitStatus
from domain.journey.residence.commands import (
    ApplyForExtension,
    EndResidence,
    ExtendResidence,
    RevokeResidence,
    SettleApplication,
)
from domain.journey.residence.events import (
    ApplicationSettled,
    ExtensionApplied,
    ResidenceEnded,
    ResidenceExtended,
    ResidenceGranted,
    ResidenceRevoked,
)
from domain.refusal import RefusalCode
from tests.domain.given import MILA, MONDAY, NOTE, VERA, Given, begun
from tests.domain.residence.scenes import FIRST, fire_next, grant, granted, next_wake, permit
from tests.domain.residence.test_clock import PATHWAY, RULES, kind

DOCUMENT = UUID("00000000-0000-4000-8000-0000000d0c01")
TOMORROW = MONDAY + timedelta(days=1)


def owed(given: Given) -> list[tuple[str, date]]:
    """What is owed of residence."""
    found = [o for o in obligations(given.state) if o.kind is ObligationKind.RESIDENCE]
    return [(o.key, o.clockwork.deadline.due_on) for o in found]


def test_a_permit_is_granted_with_its_clock() -> None:
    """Ninety days where the paper names no last day; every timer stands in the event."""
    until = date(2026, 5, 30)
    after = (
        begun()
        .when(grant(document=DOCUMENT, note=NOTE))
        .then(
            ResidenceGranted(
                number=1,
                kind="short",
                ground="rest",
                valid_from=FIRST,
                valid_until=until,
                role=Role.LAWYER,
                deadline=permit_deadline(kind("short"), RULES, PATHWAY, valid_until=until, now=MONDAY),
                document=DOCUMENT,
                note=NOTE,
            )
        )
    )
    assert owed(after) == [("residence:1", until)]


def test_the_paper_stands_before_any_length() -> None:
    """Its last day is entered as it is."""
    assert owed(granted(valid_until=date(2026, 6, 15))) == [("residence:1", date(2026, 6, 15))]


def test_what_a_page_or_letter_names_it_by_is_the_same_for_every_kind() -> None:
    """So that nobody reads from it where a person stands."""
    for scene in (granted(), granted("long", "opinion")):
        (found,) = (o for o in obligations(scene.state) if o.kind is ObligationKind.RESIDENCE)
        assert (found.what, found.key) == ("residence", "residence:1")


def test_it_belongs_to_the_lawyer_else_to_the_caseworker() -> None:
    """As every obligation of that role."""
    before = granted()
    (found,) = (o for o in obligations(before.state) if o.kind is ObligationKind.RESIDENCE)
    assert (found.owner.role, found.owner.staff) == (Role.CASEWORKER, MILA)
    after = before.having(Assign(role=Role.LAWYER, staff=VERA))
    (found,) = (o for o in obligations(after.state) if o.kind is ObligationKind.RESIDENCE)
    assert (found.owner.role, found.owner.staff) == (Role.LAWYER, VERA)


def test_a_permit_that_follows_takes_the_place_of_the_one_before() -> None:
    """From ninety days to the year: the first stops, the second is watched over."""
    after = granted().later(days=80).having(grant("long", "opinion", date(2026, 5, 21)))
    assert owed(after) == [("residence:2", date(2027, 5, 20))]
    assert [p.status for p in after.state.permits.values()] == [PermitStatus.FOLLOWED, PermitStatus.VALID]


def test_an_application_is_shown_and_stops_nothing() -> None:
    """The clock goes on as it was, and now waits on others."""
    before = granted("long", "opinion").later(days=300)
    applied = date(2026, 12, 20)
    after = before.when(ApplyForExtension(applied_on=applied, document=DOCUMENT, note=NOTE)).then(
        ExtensionApplied(number=1, applied_on=applied, document=DOCUMENT, note=NOTE)
    )
    assert permit(after).application is not None
    assert next_wake(after) == next_wake(before)
    (found,) = (o for o in obligations(after.state) if o.kind is ObligationKind.RESIDENCE)
    assert found.waits_on is Mover.PARTNER


def test_an_application_is_entered_once_and_not_ahead() -> None:
    """One at a time."""
    before = granted()
    before.when(ApplyForExtension(applied_on=date(2026, 3, 3))).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    before.having(ApplyForExtension(applied_on=FIRST)).when(ApplyForExtension(applied_on=FIRST)).then_refused(
        RefusalCode.ALREADY_APPLIED, part="residence:1"
    )


@pytest.mark.parametrize("outcome", ApplicationOutcome)
def test_an_application_may_lead_to_nothing(outcome: ApplicationOutcome) -> None:
    """Refused, withdrawn or a mistake: the permit and its clock stay as they are."""
    before = granted().having(ApplyForExtension(applied_on=FIRST))
    after = before.when(SettleApplication(outcome=outcome, note=NOTE)).then(
        ApplicationSettled(number=1, outcome=outcome, note=NOTE)
    )
    assert permit(after).application is None
    assert owed(after) == owed(before)
    after.when(SettleApplication(outcome=outcome)).then_refused(RefusalCode.NOT_APPLIED, part="residence:1")
    before.when(SettleApplication(outcome=outcome, occurred_at=TOMORROW)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_an_extension_moves_every_timer_in_one_event() -> None:
    """A year more from the last day; what was applied for is decided; letters about the old day are void."""
    before = granted("long", "opinion").later(days=330).having(ApplyForExtension(applied_on=date(2027, 1, 20)))
    old, until = next_wake(before), date(2028, 3, 1)
    after = before.when(ExtendResidence(document=DOCUMENT, note=NOTE)).then(
        ResidenceExtended(
            number=1,
            valid_until=until,
            deadline=permit_deadline(kind("long"), RULES, PATHWAY, valid_until=until, now=before.now),
            document=DOCUMENT,
            note=NOTE,
        )
    )
    state = permit(after)
    assert (state.application, state.valid_until, state.ends) == (None, until, (date(2027, 3, 1),))
    assert next_wake(after).date_version == old.date_version + 1
    assert not is_wanted(after.state, old.key, old.date_version)
    assert is_wanted(after.state, old.key, old.date_version + 1)


def test_years_follow_one_another() -> None:
    """As often as it is renewed."""
    scene = granted("long", "opinion")
    for year in range(2028, 2033):
        scene = scene.later(days=360).having(ExtendResidence())
        assert permit(scene).valid_until == date(year, 3, 1)
    assert len(permit(scene).ends) == 5


def test_only_what_the_law_renews_is_extended() -> None:
    """The ninety days are followed by another permit; and a new last day is a later one."""
    granted().when(ExtendResidence()).then_refused(RefusalCode.NOT_RENEWABLE, part="residence:1")
    before = granted("long", "opinion")
    before.when(ExtendResidence(valid_until=date(2027, 3, 1))).then_refused(
        RefusalCode.DATES_OUT_OF_ORDER, part="residence:1"
    )
    before.when(ExtendResidence(occurred_at=TOMORROW)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_an_extension_that_comes_late_still_ends_the_alarm() -> None:
    """It ran out, and the decision came three weeks after."""
    scene = granted("long", "opinion")
    while permit(scene).status is PermitStatus.VALID:
        scene = fire_next(scene)
    after = scene.later(days=21).having(ExtendResidence())
    assert permit(after).status is PermitStatus.VALID
    assert permit(after).clockwork.stalled_at is None
    assert next_wake(after).at > after.now + timedelta(days=300)


def test_a_permit_is_revoked_on_a_ground_of_the_law() -> None:
    """The alarm rings at once, under the article that says so."""
    before = granted("long", "opinion").later(days=10)
    ended_on = date(2026, 3, 12)
    after = before.when(RevokeResidence(ground="security", document=DOCUMENT, note=NOTE)).then(
        ResidenceRevoked(
            number=1,
            ground="security",
            deadline=alarm_at_once("ZS 64", RULES, PATHWAY, ended_on=ended_on, now=before.now),
            document=DOCUMENT,
            note=NOTE,
        )
    )
    assert next_wake(after).at == before.now
    assert (permit(after).status, permit(after).revoked_for) == (PermitStatus.REVOKED, "security")
    after.when(ExtendResidence()).then_refused(RefusalCode.NOT_RENEWABLE)
    after.when(RevokeResidence(ground="security")).then_refused(RefusalCode.NO_PERMIT, part="residence:1")
    before.when(RevokeResidence(ground="security", occurred_at=TOMORROW + timedelta(days=30))).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )


@pytest.mark.parametrize("reason", EndReason)
def test_the_clock_is_stopped_for_a_reason(reason: EndReason) -> None:
    """Also that of one that was revoked. What follows is owed by nobody."""
    before = granted().having(RevokeResidence(ground="security"))
    after = before.when(EndResidence(reason=reason, note=NOTE)).then(ResidenceEnded(number=1, reason=reason, note=NOTE))
    assert owed(after) == []
    after.when(EndResidence(reason=reason)).then_refused(RefusalCode.NO_PERMIT, part="residence")
    before.when(EndResidence(reason=reason, occurred_at=TOMORROW)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_kinds_and_grounds_are_those_of_the_pathway() -> None:
    """With those there are."""
    begun().when(grant("tourist")).then_refused(RefusalCode.UNKNOWN_PERMIT_KIND, allowed=("short", "long"))
    begun().when(grant("long", "rest")).then_refused(RefusalCode.UNKNOWN_GROUND, allowed=("opinion", "presence"))
    granted().when(RevokeResidence(ground="rest")).then_refused(RefusalCode.UNKNOWN_GROUND, allowed=("security",))


def test_a_permit_ends_no_earlier_than_it_begins() -> None:
    """One day is enough; one that has ended already is recorded all the same."""
    begun().when(grant(valid_until=FIRST - timedelta(days=1))).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
    begun().when(grant(occurred_at=TOMORROW)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    assert begun().when(grant(valid_until=FIRST)).events
    past = begun().having(grant(valid_from=date(2025, 1, 1)))
    assert permit(fire_next(past)).status is PermitStatus.EXPIRED


@pytest.mark.parametrize(
    "command",
    [
        ApplyForExtension(applied_on=FIRST, seen=1),
        SettleApplication(outcome=ApplicationOutcome.REFUSED, seen=1),
        ExtendResidence(seen=1),
        RevokeResidence(ground="security", seen=1),
        EndResidence(reason=EndReason.OTHER, seen=1),
    ],
)
def test_each_concerns_the_permit_as_the_form_shows_it(command: ExtendResidence) -> None:
    """No permit, another version, no such section in the pathway."""
    begun().when(command).then_refused(RefusalCode.NO_PERMIT, part="residence")
    scene = granted()
    scene.when(command).then_refused(RefusalCode.PART_CHANGED, part="residence:1", part_version=permit(scene).version)
    without = PATHWAY.model_copy(update={"residence": None})
    scene.on(without).when(command).then_refused(RefusalCode.NOT_IN_PATHWAY, part="residence")


def test_a_pathway_without_the_section_says_so() -> None:
    """Other organisations have no such matter."""
    without = PATHWAY.model_copy(update={"residence": None})
    begun().on(without).when(grant()).then_refused(RefusalCode.NOT_IN_PATHWAY, part="residence")


def test_a_form_filled_in_while_the_clock_struck_is_no_conflict() -> None:
    """Nobody else has decided anything: the version stays, though the permit has run out meanwhile."""
    scene = granted("long", "opinion", valid_until=date(2026, 3, 20))
    seen = permit(scene).version
    while permit(scene).status is PermitStatus.VALID:
        scene = fire_next(scene)
    assert scene.now == datetime(2026, 3, 20, 22, 59, tzinfo=UTC)
    assert scene.when(ExtendResidence(seen=seen)).events
