"""The titles of assessments and goals, for whatever lists what is owed."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by


@titled_by(ObligationKind.ASSESSMENT)
def assessment_title(pathway: Pathway, what: str) -> Title | None:
    """The title of an assessment."""
    return next((a.title for a in pathway.assessments if a.assessment == what), None)


@titled_by(ObligationKind.GOAL)
def goal_title(pathway: Pathway, what: str) -> Title | None:
    """The title of a goal of the individual plan."""
    goals = pathway.plan.goals if pathway.plan else ()
    return next((g.title for g in goals if g.goal == what), None)
