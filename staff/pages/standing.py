"""Where a person stands, in words: lines of the timeline and boxes of the file. Plain lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.event import Event
from domain.journey.residence.codes import OWED
from domain.journey.residence.events import (
    ApplicationSettled,
    ExtensionApplied,
    ResidenceAlarmRepeated,
    ResidenceCorrected,
    ResidenceEnded,
    ResidenceExpired,
    ResidenceExtended,
    ResidenceGranted,
    ResidenceReinstated,
    ResidenceRevoked,
)
from domain.journey.screening.saving import ScreeningSaved
from domain.journey.status.events import FormalStatusCorrected, FormalStatusDecided
from domain.pathway.model import Pathway, Title
from projections.journey_file.standing import AnswerRow, DecisionRow, FormalStatusRow, PermitRow, ScreeningRow
from staff.i18n.words import Words
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a box: what it says, and smaller what belongs to it. `stands`: whether it holds now."""

    text: str
    details: tuple[str, ...]
    stands: bool = True


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    t = titles.words
    match event:
        case FormalStatusDecided():
            text = t("story.formal-status", status=t.label(event.status), decider=decider(event.decider, titles))
            return text, tuple(_dates(event.decided_on, event.learned_on, t))
        case FormalStatusCorrected():
            if event.status is None or event.decider is None:
                return t("story.formal-status-undecided"), ()
            status, who = t.label(event.status), decider(event.decider, titles)
            return t("story.formal-status-corrected", status=status, decider=who), ()
        case ScreeningSaved():
            return t("story.screening", form=form(event.form, titles)), (_open(event.unanswered, t),)
        case _:
            return _residence(event, titles)


def _residence(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case ResidenceGranted():
            until = t("residence.until", day=t.day(event.valid_until))
            return t("story.residence-granted", kind=permit_kind(event.kind, titles)), (
                until,
                ground(event.ground, titles),
            )
        case ExtensionApplied():
            return t("story.residence-applied", day=t.day(event.applied_on)), ()
        case ApplicationSettled():
            return t("story.residence-application", outcome=t.label(event.outcome)), ()
        case ResidenceExtended():
            return t("story.residence-extended", day=t.day(event.valid_until)), ()
        case ResidenceExpired():
            return t("story.residence-expired", day=t.day(event.deadline.due_on)), ()
        case ResidenceAlarmRepeated():
            return t("story.residence-alarm"), ()
        case ResidenceRevoked():
            return t("story.residence-revoked", ground=ground(event.ground, titles)), ()
        case ResidenceEnded():
            return t("story.residence-ended", reason=t.label(event.reason)), ()
        case ResidenceReinstated():
            return t("story.residence-reinstated"), ()
        case ResidenceCorrected():
            if event.kind is None or event.valid_until is None:
                return t("story.residence-void"), ()
            kind, day = permit_kind(event.kind, titles), t.day(event.valid_until)
            return t("story.residence-corrected", kind=kind), (t("residence.until", day=day),)
        case _:
            return None


# --------------------------------------------------------------------------------------------------- boxes of the file
def status_facts(row: FormalStatusRow | None, titles: Titles) -> list[Fact]:
    """The decisions of the state, newest first; the last one stands."""
    decisions = row.decisions if row else ()
    return [_decision(d, titles, stands=d is decisions[-1]) for d in reversed(decisions)]


def _decision(row: DecisionRow, titles: Titles, *, stands: bool) -> Fact:
    t = titles.words
    who = decider(row.decider, titles)
    return Fact(t.label(row.status), (who, *_dates(row.decided_on, row.learned_on, t)), stands)


def screening_facts(
    rows: Sequence[ScreeningRow], titles: Titles, published: Callable[[int], Pathway]
) -> list[tuple[Fact, list[str]]]:
    """Each screening with its answers, in the words of the version in which it was held."""
    found = []
    for row in rows:
        then = Titles(published(row.pathway_version), titles.words)
        details = (titles.words.day(row.held_at), _open(row.unanswered, titles.words))
        answers = [_answer(row.form, answer, then) for answer in row.answers]
        found.append((Fact(form(row.form, then), details, row.corrected_by is None), answers))
    return found


def _answer(key: str, row: AnswerRow, titles: Titles) -> str:
    t = titles.words
    asked = titles.pathway.find_form(key)
    question = asked.find_question(row.question) if asked else None
    said = t.count("screening.days", row.days) if row.days is not None else t("titles.unknown")
    if row.answer is not None:
        choice = next((c for c in question.choices if c.choice == row.answer), None) if question else None
        said = t.title(choice.title) if choice else t(f"screening.answer.{row.answer}")
    return f"{_title(question.title if question else None, t)} – {said}"


def permit_facts(rows: Sequence[PermitRow], titles: Titles) -> list[Fact]:
    """The permits, newest first."""
    return [Fact(permit_kind(row.kind, titles), tuple(_permit(row, titles)), row.status in OWED) for row in rows]


def _permit(row: PermitRow, titles: Titles) -> Iterator[str]:
    t = titles.words
    yield t.label(row.status)
    yield t("residence.span", first=t.day(row.valid_from), last=t.day(row.valid_until))
    yield ground(row.ground, titles)
    if row.applied_on is not None:
        yield t("residence.applied", day=t.day(row.applied_on))
    if row.revoked_for is not None:
        yield ground(row.revoked_for, titles)
    if row.article is not None:
        yield row.article


# -------------------------------------------------------------------------------------------------------------- titles
def decider(key: str, titles: Titles) -> str:
    """A body that decides on formal status."""
    rules = titles.pathway.formal_status
    found = rules.find_decider(key) if rules else None
    return _title(found.title if found else None, titles.words)


def form(key: str, titles: Titles) -> str:
    """A form of questions."""
    found = titles.pathway.find_form(key)
    return _title(found.title if found else None, titles.words)


def permit_kind(key: str, titles: Titles) -> str:
    """A kind of residence permit."""
    rules = titles.pathway.residence
    found = rules.find_kind(key) if rules else None
    return _title(found.title if found else None, titles.words)


def ground(key: str, titles: Titles) -> str:
    """Why a permit was given, or taken away."""
    rules = titles.pathway.residence
    known = [*(g for k in rules.kinds for g in k.grounds), *rules.revocation.grounds] if rules else []
    return _title(next((g.title for g in known if g.ground == key), None), titles.words)


def _title(title: Title | None, words: Words) -> str:
    return words.title(title) if title else words("titles.unknown")


def _dates(decided_on: date, learned_on: date, words: Words) -> Iterator[str]:
    yield words("story.decided-on", day=words.day(decided_on))
    if learned_on != decided_on:
        yield words("story.learned-on", day=words.day(learned_on))


def _open(unanswered: int, words: Words) -> str:
    return words.count("screening.unanswered", unanswered) if unanswered else words("screening.complete")
