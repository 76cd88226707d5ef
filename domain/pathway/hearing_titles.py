"""The titles of what is owed of hearings: a kind, a companion, a line of the checklist, a trap, a task of a plan."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by


@titled_by(ObligationKind.HEARING)
def _kind(pathway: Pathway, what: str) -> Title | None:
    found = pathway.hearings.find_kind(what) if pathway.hearings else None
    return found.title if found else None


@titled_by(ObligationKind.HEARING_COMPANION)
def _companion(pathway: Pathway, what: str) -> Title | None:
    ladders = pathway.hearings.ladders if pathway.hearings else ()
    return next((c.title for ladder in ladders for c in ladder.companions if c.companion == what), None)


@titled_by(ObligationKind.HEARING_ARRANGEMENT)
def _arrangement(pathway: Pathway, what: str) -> Title | None:
    found = pathway.hearings.find_arrangement(what) if pathway.hearings else None
    return found.title if found else None


@titled_by(ObligationKind.HEARING_ACKNOWLEDGEMENT)
def _trap(pathway: Pathway, what: str) -> Title | None:
    found = pathway.hearings.find_trap(what) if pathway.hearings else None
    return found.title if found else None


@titled_by(ObligationKind.HEARING_TASK)
def _task(pathway: Pathway, what: str) -> Title | None:
    """Two plans may share the key of a task, and then mean the same."""
    plans = pathway.hearings.plans if pathway.hearings else ()
    return next((t.title for plan in plans for t in plan.tasks if t.task == what), None)
