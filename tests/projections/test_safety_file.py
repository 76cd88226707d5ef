"""The file shows every part of consents, safety and the individual plan, with the version that a form sends back."""

from __future__ import annotations

from datetime import date

from pydantic import TypeAdapter
from pydantic_core import to_json

from domain.codes import ConsentGiver, Relation
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.linking import LinkJourney
from domain.journey.majority import RecordComingOfAge
from domain.journey.safety.planning import AgreeSafetyPlan
from domain.journey.safety.relocating import RelocateInEmergency
from domain.journey.safety.rules import Bar, ContactChannel, NotAllowed, may_contact
from domain.journey.service_plan.goals import SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.pathway.assessment import Level
from domain.pathway.consent import LegalGround
from projections.folded import Folded
from projections.journey_file.handler import document
from projections.journey_file.model import Document
from tests.domain.careful import CLINIC, MEDICAL, agree, careful, risk, tell
from tests.domain.given import JOURNEY, NOTE, OTHER, Given
from tests.domain.safety_examples import NAME
from worker.cli.safety import safety_parts


def _shown(here: Given) -> Document:
    rows = document(Folded(JOURNEY, here.state, here.state.version))
    return TypeAdapter(Document).validate_json(to_json(rows))


def test_an_empty_file_has_nothing_of_them() -> None:
    """And reads as such."""
    shown = _shown(careful()).safety
    assert (shown.safe_contact, shown.plan, shown.alerts, shown.disclosures) == (None, None, (), ())


def test_every_part_is_shown_as_the_journey_has_it() -> None:
    """Through JSON and back."""
    guardian = ConsentGiver.GUARDIAN
    here = careful().having(
        LinkJourney(other=OTHER, relation=Relation.GUARDIAN),
        RecordComingOfAge(adult_on=date(2026, 6, 1)),
        GiveConsent(purpose=MEDICAL, giver=guardian, recipient=CLINIC, guardian=OTHER),
        tell(),
        tell(ground=LegalGround.DANGER_TO_LIFE),
        GiveConsent(purpose=MEDICAL, giver=guardian),
        WithdrawConsent(purpose=MEDICAL, recipient=CLINIC),
        agree().model_copy(update={"neutral_name": NAME, "code_word": NAME}),
        risk(Level.HIGH),
        AgreeSafetyPlan(plan=NOTE),
        SetGoal(goal="safe-home", target_on=date(2026, 9, 1), text=NOTE),
        AgreePlan(),
        RelocateInEmergency(),
    )
    shown, state = _shown(here), here.state
    assert {c.part: (c.version, c.stands(here.now)) for c in shown.consents} == {
        "consent:medical": (state.consents[next(k for k in state.consents if k.recipient is None)].version, True),
        f"consent:medical:{CLINIC}": (state.consents[next(k for k in state.consents if k.recipient)].version, False),
    }
    listed = [part for part, *_ in safety_parts(shown)]
    assert listed == [
        "consent:medical",
        f"consent:medical:{CLINIC}",
        f"withdrawal:medical:{CLINIC}",
        "own-consent",
        "safe-contact",
        "contact-plan",
        "alert:1",
        "alert:2",
        "assessment:risk",
        "safety-plan",
        "plan",
        "goal:1",
    ]
    safety = shown.safety
    assert [(n.part, n.version) for n in safety.untold] == [(k, n.version) for k, n in state.untold.items()]
    assert [(d.consent is None, d.article) for d in safety.disclosures] == [(False, None), (True, "ZZPL 12 (1)(4)")]
    assert safety.minority is not None
    assert safety.minority.adult_on == date(2026, 6, 1)
    contact, known = safety.safe_contact, state.safe_contact
    assert contact is not None
    assert known is not None
    assert (contact.agreement, contact.version) == (known.agreement, known.version)
    assert (contact.neutral_name, contact.command_id) == (NAME.text, known.command_id)
    assert may_contact(contact.agreement, ContactChannel.CALL, here.now) == NotAllowed(Bar.SUSPENDED)
    assert [(a.number, a.acknowledged_at) for a in safety.alerts] == [(1, None), (2, None)]
    assert [(a.assessment, a.overall) for a in safety.assessments] == [("risk", Level.HIGH)]
    assert safety.safety_plan is not None
    assert safety.relocation is not None
    assert safety.relocation.settled_at is None
    assert safety.plan is not None
    assert [(g.part, g.text) for g in safety.plan.goals] == [("goal:1", NOTE.text)]
    assert safety.plan.review_by == date(2026, 6, 2)
