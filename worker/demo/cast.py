"""The forty journeys: who they are in the caseload, who helps, and which story is theirs.

Shares after the published figures: four in ten are children (43 % of those whom Atina supported in 2024), a fifth are
foreign nationals, a third have proceedings, and three in ten hearings are postponed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from domain.codes import ConsentGiver, ConsentPurpose
from vault.staff import StaffMember
from worker.demo.calls import contact_id
from worker.demo.staff import DUNJA, MILA, VUK
from worker.demo.stories import abroad, court, homecoming, safety, standing, support
from worker.demo.stories.court import HELD, POSTPONED, Sitting
from worker.demo.tale import Story, Tale, journey_id

TALKS = (ConsentPurpose.REFERRAL, ConsentPurpose.PSYCHOLOGICAL)
CARE = (*TALKS, ConsentPurpose.ACCOMMODATION, ConsentPurpose.MEDICAL)
COURT = (*TALKS, ConsentPurpose.LEGAL_REPRESENTATION)
COURT_AND_CARE = (*COURT, ConsentPurpose.ACCOMMODATION, ConsentPurpose.MEDICAL)
ADULT, CHILD = ConsentGiver.CLIENT, ConsentGiver.GUARDIAN


@dataclass(frozen=True, slots=True)
class Part:
    """One journey of the cast. Its ids derive from `name`, which therefore never changes."""

    name: str
    caseworker: StaffMember
    story: Callable[[Tale], Story]
    giver: ConsentGiver = ADULT
    consents: tuple[ConsentPurpose, ...] = TALKS
    diligence: float = 0.9
    pathway: str = "astra"
    version: int | None = None
    """Of the pathway by which it begins; the newest where there is none."""
    begins_with: str | None = None
    """The name of the contact at the hotline that opens it."""

    @property
    def contact(self) -> UUID | None:
        """The id of that contact."""
        return contact_id(self.begins_with) if self.begins_with else None

    @property
    def id(self) -> UUID:
        """Of the journey."""
        return journey_id(self.name, self.contact)


CAST: Sequence[Part] = (
    # Stalled today, each with its cause.
    Part("waits-for-consent", VUK, partial(support.held_up, opened=-80, step="consent-to-assistance")),
    Part("child-with-guardian", MILA, support.child_with_guardian, CHILD, CARE),
    Part("plan-overdue", DUNJA, partial(support.held_up, opened=-100, step="individual-plan"), CHILD, diligence=1),
    Part("papers-with-us", DUNJA, support.papers_with_us),
    Part("judgment-not-served", VUK, court.judgment_not_served, CHILD, COURT),
    Part("without-a-lawyer", MILA, court.without_a_lawyer, CHILD, COURT),
    Part("no-travel-document", VUK, abroad.no_travel_document, ADULT, CARE),
    Part("court-is-silent", MILA, court.court_is_silent, ADULT, COURT),
    # Due today or a little late.
    Part("needs-late", MILA, partial(support.due, opened=-32, step="needs-assessment", working_day=-2), diligence=1),
    Part(
        "report-late", VUK, partial(support.due, opened=-52, step="report-to-centre", working_day=-1), CHILD, version=1
    ),
    Part("plan-today", MILA, partial(support.due, opened=-66, step="individual-plan", working_day=0), diligence=1),
    Part("follow-up-today", MILA, support.follow_up_today, CHILD, CARE),
    # In court.
    Part("comes-back-to-testify", MILA, abroad.comes_back_to_testify, ADULT, COURT_AND_CARE),
    Part(
        "in-two-days",
        DUNJA,
        partial(
            court.in_court,
            opened=-450,
            sittings=(Sitting(-130, POSTPONED), Sitting(-75, HELD), Sitting(2)),
            extra=("medical-appointment", -400),
        ),
        CHILD,
        COURT_AND_CARE,
    ),
    Part("reopened-for-court", VUK, court.reopened_for_court, ADULT, COURT),
    Part(
        "in-three-weeks",
        MILA,
        partial(
            court.soon_at_the_doctor,
            opened=-420,
            sittings=(Sitting(-180, POSTPONED), Sitting(-90, HELD), Sitting(21)),
        ),
        CHILD,
        COURT_AND_CARE,
    ),
    Part("withdraws-a-consent", DUNJA, court.withdraws_a_consent, CHILD, COURT_AND_CARE),
    Part("judgment-ahead", VUK, court.judgment_ahead, CHILD, COURT),
    Part("appeal-running", DUNJA, court.appeal_running, CHILD, COURT),
    Part("second-instance", VUK, court.before_the_second_instance, ADULT, COURT),
    Part("claims-damages", DUNJA, court.claims_damages, ADULT, COURT),
    # From abroad.
    Part("day-twenty", DUNJA, partial(abroad.in_the_period, opened=-75, since=-20), ADULT, CARE),
    Part("day-sixty-three", VUK, abroad.taken_for_another, ADULT, CARE),
    Part("day-eighty-five", DUNJA, partial(abroad.in_the_period, opened=-140, since=-85), ADULT, CARE),
    Part("extended", MILA, abroad.extended, ADULT, CARE),
    Part("thinks-it-over", VUK, abroad.thinks_it_over, ADULT, CARE),
    Part("departs", DUNJA, abroad.departs, ADULT, CARE),
    # On their way.
    Part("nearly-there", MILA, safety.nearly_there, CHILD, diligence=1),
    Part("guardian", DUNJA, partial(support.moved_over, opened=-165, on=-90), ADULT, CARE, version=1),
    Part("found-again", VUK, support.found_again, CHILD),
    Part("called-yesterday", MILA, safety.called_yesterday, ADULT, CARE, begins_with="asks-for-help"),
    # Ended.
    Part("goals-reached", DUNJA, support.goals_reached, CHILD, diligence=1),
    Part("missing", MILA, support.missing, CHILD, CARE),
    Part("left", DUNJA, partial(homecoming.went_home, opened=-210, closed=-120), ADULT, CARE),
    Part("in-detention", VUK, partial(standing.in_detention, opened=-170, closed=-100)),
    Part("consents-withdrawn", MILA, support.consents_withdrawn),
    Part("duplicate", VUK, support.duplicate),
    # Of the other organisation.
    Part("home-soon", VUK, partial(support.towards_a_home, opened=-40), pathway="housing-support"),
    Part("home-kept", DUNJA, partial(support.towards_a_home, opened=-330), pathway="housing-support"),
    Part("home-elsewhere", VUK, partial(support.towards_a_home, opened=-200, closed=-150), pathway="housing-support"),
)
