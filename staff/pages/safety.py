"""What the file says before anybody picks up the telephone, and its lists: alerts, assessments, plans, disclosures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from domain.journey.safety.rules import Agreement, Allowed, ContactChannel, ContactRule, may_contact
from domain.sealed import Compartment
from projections.journey_file.model import JourneyFile
from projections.journey_file.safety_model import SafetyFile
from staff.i18n.words import Words
from staff.pages.sealed_note import Note, opened
from staff.titles import Titles
from staff.visit import Visit

Named = Callable[[UUID], str]
"""How a recipient is called."""


@dataclass(frozen=True, slots=True)
class Way:
    """One safe way to reach the client: what it is, whether it is open now, and what to mind."""

    channel: str
    is_open: bool
    answer: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calling:
    """The sentence before any call, and the ways that were agreed. It fails closed: without an agreement, do not."""

    may_call: bool
    sentence: str
    ways: tuple[Way, ...]
    checked: str | None = None
    has_words: bool = False
    """Whether there is a name to give or a code word: shown elsewhere, to who asks for them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what, and a quiet word about it."""

    text: str
    quiet: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class SafetyLists:
    """The lists beside the steps; an empty one is not shown."""

    alerts: tuple[Item, ...]
    assessments: tuple[Item, ...]
    plan: tuple[Item, ...]
    disclosures: tuple[Item, ...]


def calling(found: JourneyFile, visit: Visit) -> Calling:
    """May we call now, and how."""
    t, contact = visit.words, found.document.safety.safe_contact
    agreement = contact.agreement if contact else None
    answer = may_contact(agreement, ContactChannel.CALL, visit.now)
    if isinstance(answer, Allowed):
        sentence = t("safety.may-call", moment=t.near_moment(answer.until, visit.now))
    else:
        sentence = t("safety.may-not-call", why=t.label(answer.bar))
    if contact is None:
        return Calling(False, sentence, ())
    checked = t("safety.verified", day=t.day(contact.verified_at), until=t.day(contact.verify_by))
    return Calling(
        isinstance(answer, Allowed),
        sentence,
        tuple(_way(rule, contact.agreement, visit) for rule in contact.agreement.rules),
        checked,
        contact.neutral_name is not None or contact.code_word is not None,
    )


def safe_words(found: JourneyFile, visit: Visit) -> list[tuple[str, Note]]:
    """The words of safe contact, each with the key of what it is; the caller has logged that they are shown."""
    contact = found.document.safety.safe_contact
    if contact is None:
        return []
    named = (
        ("safety.neutral-name", "neutral_name", contact.neutral_name),
        ("safety.code-word", "code_word", contact.code_word),
    )
    return [
        (key, opened(visit, found.journey, Compartment.IDENTITY, field, contact.command_id, sealed))
        for key, field, sealed in named
        if sealed is not None
    ]


def _way(rule: ContactRule, agreement: Agreement, visit: Visit) -> Way:
    t = visit.words
    answer = may_contact(
        Agreement(agreement.zone, (rule,), agreement.valid_until, agreement.suspended), rule.channel, visit.now
    )
    is_open = isinstance(answer, Allowed)
    said = (
        t("safety.now-until", moment=t.near_moment(answer.until, visit.now))
        if isinstance(answer, Allowed)
        else t("safety.not-now", why=t.label(answer.bar))
    )
    details = [_hours(rule, agreement.zone, t), t.label(rule.message)]
    if rule.answerers:
        details.append(t("safety.may-answer", who=", ".join(t.label(who) for who in rule.answerers)))
    return Way(t.label(rule.channel), is_open, said, tuple(details))


def _hours(rule: ContactRule, zone: str, t: Words) -> str:
    return "; ".join(
        t(
            "safety.hours",
            days=", ".join(t.label(day) for day in hours.days),
            starts=f"{hours.starts:%H:%M}",
            ends=f"{hours.ends:%H:%M}",
        )
        + ("" if zone == t.zone else f" ({t.place(zone)})")
        for hours in rule.hours
    )


def safety_lists(safety: SafetyFile, titles: Titles, named: Named) -> SafetyLists:
    """What there is to list; `named` says how recipients are called."""
    return SafetyLists(
        _alerts(safety, titles), _assessments(safety, titles), _plan(safety, titles), _given(safety, titles, named)
    )


def _alerts(safety: SafetyFile, titles: Titles) -> tuple[Item, ...]:
    t = titles.words
    found = []
    for alert in reversed(safety.alerts):
        taken = alert.acknowledged_at
        state = t("safety.alert-taken", moment=t.moment(taken)) if taken else None
        quiet = state or t("safety.alert-open", moment=t.moment(alert.raised_at))
        found.append(Item(t.label(alert.reason), quiet, is_urgent=taken is None))
    return tuple(found)


def _assessments(safety: SafetyFile, titles: Titles) -> tuple[Item, ...]:
    t = titles.words
    return tuple(
        Item(
            titles.assessment(found.assessment),
            t(
                "safety.assessed",
                level=t.label(found.overall),
                day=t.day(found.assessed_at),
                next=t.day(found.review_by),
            ),
        )
        for found in safety.assessments
    )


def _plan(safety: SafetyFile, titles: Titles) -> tuple[Item, ...]:
    t, found = titles.words, []
    protection, plan = safety.safety_plan, safety.plan
    if protection is not None and protection.ended_at is None:
        found.append(Item(t("safety.safety-plan"), t("safety.review-by", day=t.day(protection.review_by))))
    if plan is not None and plan.review_by is not None:
        quiet = f"{t('safety.review-by', day=t.day(plan.review_by))} · {t.label(plan.approval)}"
        found.append(Item(t("safety.plan"), quiet))
    for goal in plan.goals if plan else ():
        quiet = t("safety.goal-by", progress=t.label(goal.progress), day=t.day(goal.target_on))
        found.append(Item(titles.goal(goal.goal), quiet))
    return tuple(found)


def _given(safety: SafetyFile, titles: Titles, named: Named) -> tuple[Item, ...]:
    t = titles.words
    found = [
        Item(t.label(waiting.purpose), t("safety.to-tell", day=t.day(waiting.due_on)), is_urgent=True)
        for waiting in safety.untold
    ]
    for one in reversed(safety.disclosures):
        what = ", ".join(t.label(category) for category in one.categories)
        if one.article is None:
            quiet = t("safety.disclosed-under", day=t.day(one.at))
        else:
            quiet = t("safety.disclosed-by-law", article=one.article, day=t.day(one.at))
        found.append(Item(f"{t.label(one.purpose)}: {what}", f"{quiet} · {named(one.recipient)}"))
    return tuple(found)


def recipients(visit: Visit) -> Named:
    """How a recipient is called: as the directory of providers has it, else by five digits of its id.

    Each is looked up once for a page.
    """

    @cache
    def named(id_: UUID) -> str:
        known = visit.parts.desk.provider_name(id_)
        return known or visit.words("safety.recipient", id=f"{id_.int % 100_000:05d}")

    return named
