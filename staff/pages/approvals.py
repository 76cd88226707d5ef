"""Approvals in words: the lines of the timeline, and the box of the file with what may be done about each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.codes import ClosingReason
from domain.event import Event
from domain.journey.approval.events import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalVoided,
    ApprovalWithdrawn,
)
from domain.journey.approval.state import ApprovalStatus
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.plan import Approval
from projections.journey_file.approvals import ApprovalRow
from projections.journey_file.model import Document
from staff.i18n.words import Words
from staff.titles import Titles
from staff.visit import Visit

Told = tuple[str, tuple[str, ...]]


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    t = titles.words
    match event:
        case ApprovalAsked():
            due = t("story.due", day=t.day(event.deadline.due_on))
            return t("story.approval-asked", matter=named(event.matter, event.reason, t)), (due,)
        case ApprovalGiven():
            return t("story.approval-given", matter=t.label(event.matter)), ()
        case ApprovalRefused():
            why = t("story.reason", reason=t.label(event.objection))
            return t("story.approval-refused", matter=t.label(event.matter)), (why,)
        case ApprovalWithdrawn():
            return t("story.approval-withdrawn", matter=t.label(event.matter)), ()
        case ApprovalVoided():
            return t("story.approval-voided", matter=t.label(event.matter)), (t.label(event.cause),)
        case _:
            return None


def named(matter: ApprovalMatter, reason: ClosingReason | None, t: Words) -> str:
    """What is proposed, with the reason of a closure."""
    return t("approval.closure-for", reason=t.label(reason)) if reason else t.label(matter)


@dataclass(frozen=True, slots=True)
class Shown:
    """One approval: what, how it stands, and what the person who looks may do about it."""

    row: ApprovalRow
    text: str
    details: tuple[str, ...]
    may_answer: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Approvals:
    """The box of the file. `may_ask`: what could be proposed now; `may_close`: whether to offer the closure itself."""

    shown: tuple[Shown, ...]
    may_ask: tuple[ApprovalMatter, ...]
    may_close: bool


def approvals(document: Document, titles: Titles, visit: Visit, *, is_open: bool) -> Approvals:
    """The approvals of a file as this person sees them."""
    rules = titles.pathway.approval_rule
    shown = tuple(_shown(row, titles.words, visit, is_open=is_open) for row in document.approvals)
    closure = next((row for row in document.approvals if row.matter is ApprovalMatter.CLOSURE), None)
    status = closure.status if closure else None
    ask = []
    if is_open and rules(ApprovalMatter.CLOSURE) and status not in {ApprovalStatus.ASKED, ApprovalStatus.GIVEN}:
        ask.append(ApprovalMatter.CLOSURE)
    plan = document.safety.plan
    agreed = plan is not None and plan.agreed_at is not None
    asks_plan = agreed and plan is not None and plan.approval in {Approval.REFUSED, Approval.VOID}
    if is_open and rules(ApprovalMatter.PLAN) and asks_plan:
        ask.append(ApprovalMatter.PLAN)
    may_close = rules(ApprovalMatter.CLOSURE) is None or status is ApprovalStatus.GIVEN
    return Approvals(shown, tuple(ask), may_close)


def _shown(row: ApprovalRow, t: Words, visit: Visit, *, is_open: bool) -> Shown:
    asked, given = row.status is ApprovalStatus.ASKED, row.status is ApprovalStatus.GIVEN
    mine = row.asked_by == visit.person.id
    details = [t.label(row.status), t("approval.asked-by", who=_who(row.asked_by, visit), day=t.day(row.asked_at))]
    if row.objection is not None:
        details.append(t.label(row.objection))
    if row.answered_by is not None and row.answered_at is not None:
        details.append(t("approval.answered-by", who=_who(row.answered_by, visit), day=t.day(row.answered_at)))
    if asked and row.owner_role is not None:
        who = visit.name(row.owner_staff) or t.label(row.owner_role)
        details.append(t("approval.owed-by", who=who, day=t.day(row.due_on)))
        if mine:
            details.append(t("approval.not-yours"))
    return Shown(
        row=row,
        text=named(row.matter, row.reason, t),
        details=tuple(details),
        may_answer=is_open and asked and not mine,
        may_withdraw=is_open and (asked or given),
    )


def _who(staff: UUID, visit: Visit) -> str:
    return visit.name(staff) or visit.words("person.nobody")
