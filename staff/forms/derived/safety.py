"""Forms of safety: how a client may be reached, alerts, assessments, safety plans, disclosures, coming of age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.journey import disclosure, majority, withdrawal
from domain.journey.majority import OWN_CONSENT
from domain.journey.safety import alerts, assessing, contact, planning, relocating
from domain.journey.safety.contact import SAFE_CONTACT
from domain.journey.safety.planning import SAFETY_PLAN
from domain.pathway.assessment import Assessment, Level
from projections.journey_file.model import JourneyFile
from projections.journey_file.safety_model import AlertRow, AssessmentRow, SafetyFile, SafetyPlanRow, UntoldRow
from staff.forms.derived.choosing import PROVIDER, labelled
from staff.forms.derived.contact_rules import RULES
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, nothing, whole
from staff.forms.derived.question import Asked, Question, one_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.scene import Scene
from staff.pages.safety import recipients


def _safety(scene: Scene) -> SafetyFile:
    return scene.file.document.safety if scene.file else SafetyFile()


# ------------------------------------------------------------------------------------------------- reaching the client
def _contact_version(file: JourneyFile) -> int | None:
    known = file.document.safety.safe_contact
    return known.version if known else None


_CONTACT = whole(Card.SAFE_CONTACT, _contact_version, SAFE_CONTACT)


def _is_agreed(scene: Scene, _: JourneyFile) -> bool:
    return _safety(scene).safe_contact is not None


def _may_be_suspended(scene: Scene, _: JourneyFile) -> bool:
    known = _safety(scene).safe_contact
    return known is not None and known.agreement.suspended is None


derive(contact.AgreeSafeContact, _CONTACT, without=frozenset({"zone"}), rules=RULES)
derive(contact.VerifySafeContact, _CONTACT, _is_agreed)
derive(contact.SuspendSafeContact, _CONTACT, _may_be_suspended)


# ------------------------------------------------------------------------------------------------- danger, assessments
ALERT = Place[AlertRow](
    Card.ALERTS,
    lambda scene: _safety(scene).alerts,
    lambda row: str(row.number),
    lambda scene, row: scene.words.label(row.reason),
    lambda row: {"number": row.number},
    lambda row: row.version,
    lambda row: row.part,
    lambda row: "",
)


@dataclass(frozen=True, slots=True)
class AssessmentOf:
    """A form of the pathway, and what was found by it last."""

    form: Assessment
    last: AssessmentRow | None


def _assessments(scene: Scene) -> Iterator[AssessmentOf]:
    known = {row.assessment: row for row in _safety(scene).assessments}
    return (AssessmentOf(form, known.get(form.assessment)) for form in scene.pathway.assessments)


ASSESSMENT = Place(
    Card.ASSESSMENTS,
    _assessments,
    lambda one: one.form.assessment,
    lambda scene, one: scene.titles.assessment(one.form.assessment),
    lambda one: {"assessment": one.form.assessment},
    lambda one: one.last.version if one.last else None,
    lambda one: f"assessment:{one.form.assessment}",
    lambda one: "",
)


def _levels(scene: Scene, asked: Asked) -> tuple[Field, ...]:
    words, form = scene.words, ASSESSMENT.row(scene).form
    listed = choices(list(Level), words)
    return tuple(labelled(asked, d.domain, FieldKind.RADIOS, words.title(d.title), listed) for d in form.domains)


def _found(scene: Scene, entry: Entry, asked: Asked) -> object | None:
    """What was found in each domain; one that is left out was not assessed, which is not the level `none`."""
    form = ASSESSMENT.row(scene).form
    levels = ((d.domain, entry.code(f"{asked.name}-{d.domain}", Level)) for d in form.domains)
    return tuple({"domain": domain, "level": level} for domain, level in levels if level is not None) or None


derive(relocating.RelocateInEmergency, whole(Card.ALERTS), warning="ask.relocating-warning")
derive(alerts.AcknowledgeAlert, ALERT, lambda scene, row: row.acknowledged_at is None, given=("number",))
derive(assessing.Assess, ASSESSMENT, given=("assessment",), levels=Question(_levels, _found))


# ---------------------------------------------------------------------------------------------------- the safety plan
def _plans(scene: Scene) -> tuple[SafetyPlanRow, ...]:
    plan = _safety(scene).safety_plan
    return (plan,) if plan is not None and plan.ended_at is None else ()


PLAN = Place[SafetyPlanRow](
    Card.PLAN,
    _plans,
    lambda row: "",
    lambda scene, row: "",
    nothing,
    lambda row: row.version,
    lambda row: row.part,
)


def _plan_version(file: JourneyFile) -> int | None:
    plan = file.document.safety.safety_plan
    return plan.version if plan else None


derive(planning.AgreeSafetyPlan, whole(Card.PLAN, _plan_version, SAFETY_PLAN))
derive(planning.ReviewSafetyPlan, PLAN)
derive(planning.EndSafetyPlan, PLAN)


# ------------------------------------------------------------------------------------------------ what leaves the house
UNTOLD = Place[UntoldRow](
    Card.DISCLOSURES,
    lambda scene: _safety(scene).untold,
    lambda row: f"{row.purpose.value}:{row.recipient}",
    lambda scene, row: f"{scene.words.label(row.purpose)}, {recipients(scene.visit)(row.recipient)}",
    lambda row: {"purpose": row.purpose, "recipient": row.recipient},
    lambda row: row.version,
    lambda row: row.part,
    lambda row: "",
)


def _grounds(scene: Scene) -> tuple[Choice, ...]:
    """Those that this pathway knows, each with its article."""
    grounds = scene.pathway.consent.grounds
    listed = choices([each.ground for each in grounds], scene.words)
    return tuple(
        Choice(choice.value, f"{choice.text} ({each.article})") for choice, each in zip(listed, grounds, strict=True)
    )


def _minority_version(file: JourneyFile) -> int | None:
    known = file.document.safety.minority
    return known.version if known else None


derive(disclosure.Disclose, whole(Card.DISCLOSURES), recipient=PROVIDER, ground=one_of(_grounds))
derive(withdrawal.NotifyWithdrawal, UNTOLD, given=("purpose", "recipient"))
derive(majority.RecordComingOfAge, whole(Card.CONSENTS, _minority_version, OWN_CONSENT))
