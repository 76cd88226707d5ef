"""Nobody is reminded twice of one hearing, term, power of attorney or permit: sections owe them, and no step besides.

Told on the published pathway. Whatever it offers of the kind is done: the stage is entered, every step that a person
may open is opened (with the hearing's own date where it has one), and the hearing, its term and the permit are entered
as the sections want them. Then every letter counts, not only what is owed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest

from domain.codes import ConsentPurpose, ObligationKind, Role, StepOutcome
from domain.command import Command
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.hearing.codes import ArrangementStatus, HearingOutcome
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    DebriefHearing,
    HoldHearing,
    SummonHearing,
)
from domain.journey.proceedings.codes import HolderKind, PowerEnd, ProceedingsOutcome, ProceedingsStage, WaiverReason
from domain.journey.proceedings.commands import (
    EndProceedings,
    GivePower,
    MoveProceedings,
    RevokePower,
    StartProceedings,
)
from domain.journey.proceedings.term_commands import ConfirmTerm, MeetTerm, StartTerm, WaiveTerm
from domain.journey.residence.codes import EndReason
from domain.journey.residence.commands import EndResidence, GrantResidence
from domain.journey.stages import EnterStage
from domain.journey.state import StepStatus
from domain.law import Standing
from domain.pathway.hearings import Matter
from domain.pathway.model import Anchor, Opens
from domain.refusal import Refused
from domain.stream.firing import RungsFired
from domain.stream.obligation import Obligation
from tests.journeys.by_hand import LAWYER, SUPERVISOR, ByHand
from tests.journeys.test_witness_brought_back import moment

FACTS = {
    # Hearings, the talk after each of them, and the announcement.
    "step:statement": "hearing",
    "step:main-hearing": "hearing",
    "step:civil-hearing": "hearing",
    "step:judgment": "hearing",
    "hearing": "hearing",
    "step:hearing-debrief": "talk",
    "hearing-debrief": "talk",
    # What the law sets a term for.
    "step:dismissal-objection": "zkp-51-objection",
    "step:written-judgment": "zkp-427-written-judgment",
    "step:appeal": "zkp-432-appeal",
    "step:property-claim": "zkp-254-property-claim",
    # What stands on the checklist of a hearing too.
    "step:sensitive-witness-request": "witness-protection-request",
    "step:power-of-attorney": "power-of-attorney",
    # How long somebody may stay.
    "step:recovery-period": "residence",
    "step:residence-extension": "residence",
}
"""The facts of which more than one part of a pathway could speak."""

APPEAL = "zkp-432-appeal"
CLAIM = "zkp-254-property-claim"
TALK = AdvanceStep(step="safe-contact", outcome=StepOutcome.DONE)
INFORMED = AdvanceStep(step="information-on-rights", outcome=StepOutcome.DONE)


def fact(key: str, kind: ObligationKind, what: str | None) -> str:
    """What an obligation is about; its own key where nothing else could speak of it."""
    match kind:
        case ObligationKind.STEP:
            return FACTS.get(":".join(key.split(":")[:2]), key)
        case ObligationKind.HEARING | ObligationKind.HEARING_DEBRIEF:
            return FACTS[kind.value]
        case ObligationKind.TERM | ObligationKind.HEARING_ARRANGEMENT:
            return what or key
        case ObligationKind.POWER_OF_ATTORNEY | ObligationKind.RESIDENCE:
            return kind.value
        case _:
            return key


def told_twice(story: ByHand) -> dict[tuple[str, object], list[str]]:
    """The facts of which one person is reminded under more than one key, now."""
    found = defaultdict(list)
    for owed in obligations(story.here):
        found[fact(owed.key, owed.kind, owed.what), owed.owner.staff or owed.owner.role].append(owed.key)
    return {of: keys for of, keys in found.items() if len(keys) > 1}


def watched(story: ByHand, *commands: Command) -> None:
    """Commands that are taken; after each nobody is told twice."""
    for command in commands:
        story.tell(command)
        assert told_twice(story) == {}, command


def days(story: ByHand, until: date) -> None:
    """Every day until then."""
    day = story.now.date()
    while day < until:
        day += timedelta(days=1)
        story.on(day, time(18))
        assert told_twice(story) == {}, day


def letters(story: ByHand, about: str) -> dict[tuple[date, object], list[str]]:
    """For each day and person, under which keys they were told of this fact."""
    found = defaultdict(set)
    owed = {o.key: o for o in obligations(story.here)}
    for recorded in story.history:
        event = recorded.event
        if isinstance(event, RungsFired):
            what = owed[event.obligation].what if event.obligation in owed else None
            if fact(event.obligation, event.kind, what) == about:
                for to in event.addressees:
                    found[recorded.recorded_at.date(), to.staff or to.role].add(event.obligation)
    return {of: sorted(keys) for of, keys in found.items()}


def in_court(now: datetime) -> ByHand:
    """A lawyer and a supervisor, the consents, and the stage of proceedings."""
    story = ByHand(now)
    for role, staff in ((Role.LAWYER, LAWYER), (Role.SUPERVISOR, SUPERVISOR)):
        story.tell(Assign(role=role, staff=staff))
    for purpose in (ConsentPurpose.ASSISTANCE, ConsentPurpose.LEGAL_REPRESENTATION):
        story.tell(GiveConsent(purpose=purpose))
    watched(story, TALK, INFORMED)
    assert story.here.is_active("legal-proceedings")
    return story


def opened_by_hand(story: ByHand, stage: str, at: datetime) -> None:
    """Opens what a person may open in a stage, on the date of the hearing where a step has one."""
    found = story.pinned.pathway.find_stage(stage)
    assert found is not None
    for step in found.steps:
        if step.opens is Opens.BY_DECISION:
            dated = at if step.due.after is Anchor.APPOINTMENT else None
            command = OpenStep(step=step.step, appointment=dated)
            if not isinstance(story.ask(command), Refused):
                watched(story, command)


def done(story: ByHand, *steps: str) -> None:
    for step in steps:
        watched(story, AdvanceStep(step=step, outcome=StepOutcome.DONE))


def owed(story: ByHand) -> dict[str, Obligation]:
    return {o.key: o for o in obligations(story.here)}


def test_a_hearing_is_spoken_of_once() -> None:
    """From the summons to the talk afterwards, with every step of the stage that could speak of it opened."""
    story = in_court(moment(date(2026, 9, 1)))
    starts = moment(date(2026, 10, 20))
    done(story, "attorney-assigned")
    criminal = StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,))
    watched(story, criminal, SummonHearing(hearing_kind="criminal-main", starts_at=starts))
    opened_by_hand(story, "legal-proceedings", starts)
    done(story, "power-of-attorney")
    opened_by_hand(story, "legal-proceedings", starts)
    watched(story, AcknowledgeHearing(hearing=1))
    days(story, date(2026, 10, 19))
    story.on(date(2026, 10, 20), time(13))
    watched(story, HoldHearing(hearing=1, outcome=HearingOutcome.CONCLUDED))
    opened_by_hand(story, "legal-proceedings", starts)
    days(story, date(2026, 10, 23))
    watched(story, DebriefHearing(hearing=1))
    for about in ("hearing", "talk"):
        told = letters(story, about)
        assert told, f"nobody was told of the {about}"
        assert {of: keys for of, keys in told.items() if len(keys) > 1} == {}
    assert (date(2026, 9, 20), LAWYER) in letters(story, "hearing"), "thirty days before"


def test_a_term_of_the_law_is_spoken_of_once() -> None:
    """The appeal from the service of the judgment; the property claim, which the pathway asks for as well."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    criminal = StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,))
    watched(story, criminal)
    assert "step:property-claim:1" in owed(story), "nothing else asks for it yet"
    watched(story, StartTerm(proceedings=1, rule=CLAIM, on=date(2026, 12, 1)))
    assert "step:property-claim:1" not in owed(story), "the term does now"
    days(story, date(2026, 9, 20))
    watched(story, MoveProceedings(proceedings=1, stage=ProceedingsStage.JUDGED))
    assert "step:final-judgment:1" in owed(story), "no term of the law says when it becomes final"
    opened_by_hand(story, "legal-proceedings", moment(date(2026, 10, 5)))
    watched(story, StartTerm(proceedings=1, rule=APPEAL, on=date(2026, 9, 18)))
    days(story, date(2026, 10, 1))
    watched(story, ConfirmTerm(term=2, on=story.here.terms[2].due_on), MeetTerm(term=2))
    watched(story, MeetTerm(term=1))
    assert "step:property-claim:1" not in owed(story), "it was filed: nobody is asked for it again"


def test_a_term_that_is_let_pass_leaves_the_step_as_it_was() -> None:
    """Entered by mistake, it says nothing of the claim."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    story.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,)))
    before = owed(story)["step:property-claim:1"]
    story.tell(StartTerm(proceedings=1, rule=CLAIM, on=date(2026, 12, 1)))
    story.tell(WaiveTerm(term=1, reason=WaiverReason.ENTERED_BY_MISTAKE))
    assert owed(story)["step:property-claim:1"] == before


def test_a_power_of_attorney_is_asked_for_once() -> None:
    """By the step; by the proceedings where one was revoked, and by a hearing's checklist where that is due sooner."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned")
    watched(story, StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,)))
    assert "step:power-of-attorney:1" in owed(story)
    watched(story, SummonHearing(hearing_kind="plea", starts_at=moment(date(2026, 11, 3))))
    assert "step:power-of-attorney:1" in owed(story), "it is due long before the hearing"
    assert "hearing:1:arrangement:power-of-attorney" not in owed(story)

    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned")
    watched(story, StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,)))
    watched(story, SummonHearing(hearing_kind="plea", starts_at=moment(date(2026, 9, 8))))
    assert "step:power-of-attorney:1" not in owed(story), "the hearing of next week cannot wait for it"
    assert "hearing:1:arrangement:power-of-attorney" in owed(story)
    given = GivePower(proceedings=1, holder=LAWYER, holder_kind=HolderKind.STAFF, given_on=date(2026, 9, 1))
    gone = RevokePower(proceedings=1, power=1, reason=PowerEnd.CLIENT_REVOKED, ended_on=date(2026, 9, 1))
    story.tell(given)
    story.tell(gone)
    assert "step:power-of-attorney:1" not in owed(story)
    assert "proceedings:1:power" in owed(story)


def test_a_line_of_the_checklist_and_its_step_are_one() -> None:
    """The request for a witness: confirmed for one hearing, the step is not asked for any more."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    watched(story, SummonHearing(hearing_kind="criminal-main", starts_at=moment(date(2026, 12, 1))))
    step, line = "step:sensitive-witness-request:1", "hearing:1:arrangement:witness-protection-request"
    assert step in owed(story)
    assert line not in owed(story), "the step is due first"
    confirmed = ArrangeHearing(hearing=1, arrangement="witness-protection-request", status=ArrangementStatus.CONFIRMED)
    watched(story, confirmed)
    assert step not in owed(story)


def test_how_long_somebody_may_stay_is_spoken_of_once() -> None:
    """From the grant to its end, with the steps of the stage opened; the stage waits for the permit as it did."""
    story = ByHand(moment(date(2026, 9, 1)))
    for role, staff in ((Role.LAWYER, LAWYER), (Role.SUPERVISOR, SUPERVISOR)):
        story.tell(Assign(role=role, staff=staff))
    story.tell(GiveConsent(purpose=ConsentPurpose.ASSISTANCE))
    watched(story, TALK, INFORMED)
    done(story, "risk-assessment", "needs-assessment", "consent-to-assistance")
    assert story.here.is_active("recovery")
    watched(story, GrantResidence(permit_kind="recovery", ground="recovery", valid_from=date(2026, 9, 1)))
    until = story.here.permits[1].valid_until
    opened_by_hand(story, "recovery", moment(until, 12))
    done(story, "individual-plan")
    days(story, date(2026, 11, 1))
    told = letters(story, "residence")
    assert told
    assert {of: keys for of, keys in told.items() if len(keys) > 1} == {}
    done(story, "recovery-review")
    open_ones = [s.step for s in story.here.steps.values() if s.stage == "recovery" and s.status is StepStatus.OPEN]
    for step in open_ones:
        story.tell(AdvanceStep(step=step, outcome=StepOutcome.DONE))
    assert story.here.is_active("recovery"), "the permit is still watched over"
    watched(story, EndResidence(reason=EndReason.LEFT_COUNTRY))
    assert not story.here.is_active("recovery")


@pytest.mark.parametrize("outcome", [ProceedingsOutcome.CONVICTED, ProceedingsOutcome.DISCONTINUED])
def test_when_all_proceedings_are_over_nobody_is_reminded_of_them(outcome: ProceedingsOutcome) -> None:
    """Also where they end without a judgment: the stage is left, and with it the wait for one."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    story.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.WITNESS,), stage=ProceedingsStage.JUDGED))
    watched(story, EndProceedings(proceedings=1, outcome=outcome))
    assert not story.here.is_active("legal-proceedings")
    assert "proceedings-ended" in story.here.milestones
    assert not [key for key in owed(story) if key.startswith("step:final-judgment")]


def test_proceedings_entered_by_mistake_end_nothing() -> None:
    """They never were: the stage goes on, and no judgment is waited for."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    story.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.WITNESS,)))
    story.tell(EndProceedings(proceedings=1, outcome=ProceedingsOutcome.ENTERED_BY_MISTAKE))
    assert story.here.is_active("legal-proceedings")
    assert "proceedings-ended" not in story.here.milestones


def test_a_claim_for_damages_keeps_the_stage() -> None:
    """The criminal case is over, the civil one not begun: nobody forgets it."""
    story = in_court(moment(date(2026, 9, 1)))
    done(story, "attorney-assigned", "power-of-attorney")
    story.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,)))
    watched(story, OpenStep(step="civil-claim"))
    watched(story, EndProceedings(proceedings=1, outcome=ProceedingsOutcome.CONVICTED))
    assert story.here.is_active("legal-proceedings")
    assert "step:civil-claim:1" in owed(story)


def test_the_stage_can_be_entered_again() -> None:
    """Proceedings begin anew."""
    story = in_court(moment(date(2026, 9, 1)))
    story.tell(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.WITNESS,)))
    story.tell(EndProceedings(proceedings=1, outcome=ProceedingsOutcome.DISMISSED))
    assert not story.here.is_active("legal-proceedings")
    watched(story, EnterStage(stage="legal-proceedings"))
    assert story.here.is_active("legal-proceedings")
