"""The rows of disclosures, safety and the individual plan in a journey's file, as `safety_model` reads them."""

from __future__ import annotations

from domain.journey import Journey
from domain.journey.approval.needing import plan_approval
from domain.journey.majority import OWN_CONSENT
from domain.journey.safety.contact import SAFE_CONTACT
from domain.journey.safety.planning import SAFETY_PLAN
from domain.journey.safety.relocating import CONTACT_PLAN
from domain.journey.safety.rules import ContactRule
from domain.journey.service_plan.reviews import PLAN
from domain.journey.service_plan.state import NO_PLAN, GoalState
from projections.folded import code
from projections.read_model import Row


def safety_file(journey: Journey) -> Row:
    """The fields of `SafetyFile`, each list in a fixed order."""
    return {
        "untold": _untold(journey),
        "disclosures": _disclosures(journey),
        "minority": _minority(journey),
        "safe_contact": _safe_contact(journey),
        "alerts": _alerts(journey),
        "assessments": _assessments(journey),
        "safety_plan": _safety_plan(journey),
        "relocation": _relocation(journey),
        "plan": _plan(journey),
    }


def _untold(journey: Journey) -> list[Row]:
    return [
        {
            "part": part,
            "version": waiting.version,
            "purpose": waiting.key.purpose.value,
            "recipient": waiting.key.recipient,
            "due_on": waiting.clockwork.deadline.due_on,
        }
        for part, waiting in sorted(journey.untold.items())
    ]


def _disclosures(journey: Journey) -> list[Row]:
    return [
        {
            "version": one.version,
            "purpose": one.purpose.value,
            "recipient": one.recipient,
            "at": one.at,
            "categories": [category.value for category in one.categories],
            "consent": one.consent,
            "consent_version": one.consent_version,
            "ground": code(one.ground),
            "article": one.article,
        }
        for one in journey.disclosures
    ]


def _minority(journey: Journey) -> Row | None:
    known = journey.minority
    if known is None:
        return None
    return {
        "part": OWN_CONSENT,
        "version": known.version,
        "adult_on": known.adult_on,
        "guardian_until": known.guardian_until,
    }


def _safe_contact(journey: Journey) -> Row | None:
    known = journey.safe_contact
    if known is None:
        return None
    agreement = known.agreement
    return {
        "part": SAFE_CONTACT,
        "version": known.version,
        "agreement": {
            "zone": agreement.zone,
            "rules": [_rule(rule) for rule in agreement.rules],
            "valid_until": agreement.valid_until,
            "suspended": code(agreement.suspended),
        },
        "agreed_at": known.agreed_at,
        "verified_at": known.verified_at,
        "verify_by": known.clockwork.deadline.due_on,
        "command_id": known.command_id,
        "neutral_name": known.neutral_name.text if known.neutral_name else None,
        "code_word": known.code_word.text if known.code_word else None,
    }


def _rule(rule: ContactRule) -> Row:
    return rule.model_dump(mode="json")


def _alerts(journey: Journey) -> list[Row]:
    return [
        {
            "part": alert.key,
            "version": alert.version,
            "number": alert.number,
            "reason": alert.reason.value,
            "raised_at": alert.raised_at,
            "level": code(alert.level),
            "acknowledged_at": alert.acknowledged_at,
        }
        for alert in journey.alerts.values()
    ]


def _assessments(journey: Journey) -> list[Row]:
    return [
        {
            "part": found.key,
            "version": found.version,
            "assessment": found.assessment,
            "overall": found.overall.value,
            "levels": [{"domain": domain, "level": level.value} for domain, level in found.levels.items()],
            "assessed_at": found.assessed_at,
            "review_by": found.clockwork.deadline.due_on,
            "times": found.times,
        }
        for _, found in sorted(journey.assessments.items())
    ]


def _safety_plan(journey: Journey) -> Row | None:
    known = journey.safety_plan
    if known is None:
        return None
    return {
        "part": SAFETY_PLAN,
        "version": known.version,
        "agreed_at": known.agreed_at,
        "reviewed_at": known.reviewed_at,
        "review_by": known.clockwork.deadline.due_on,
        "ended_at": known.ended_at,
    }


def _relocation(journey: Journey) -> Row | None:
    known = journey.relocation
    if known is None:
        return None
    return {
        "part": CONTACT_PLAN,
        "version": known.version,
        "at": known.at,
        "plan_by": known.clockwork.deadline.due_at,
        "times": known.times,
        "settled_at": known.settled_at,
    }


def _plan(journey: Journey) -> Row | None:
    plan = journey.plan
    if plan == NO_PLAN:
        return None
    return {
        "part": PLAN,
        "version": plan.version,
        "approval": plan_approval(journey).value,
        "goals": [_goal(goal) for goal in plan.goals.values()],
        "agreed_at": plan.agreed_at,
        "reviewed_at": plan.reviewed_at,
        "review_by": plan.clockwork.deadline.due_on if plan.clockwork else None,
    }


def _goal(goal: GoalState) -> Row:
    return {
        "part": goal.key,
        "version": goal.version,
        "number": goal.number,
        "goal": goal.goal,
        "measures": list(goal.measures),
        "role": goal.role.value,
        "target_on": goal.target_on,
        "progress": goal.progress.value,
        "command_id": goal.command_id,
        "text": goal.text.text if goal.text else None,
    }
