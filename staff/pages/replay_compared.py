"""A file at two moments in words: what came, went and changed, and every event between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from analysis.travel.comparing import Fields, between, compare
from analysis.travel.journeys import JourneyThen, shown_of
from domain.codes import ConsentPurpose, Role
from domain.rights.deciding import Stance
from projections.journey_file.model import JourneyFile
from staff.guard.portion import portion
from staff.pages.story import headline
from staff.titles import Titles
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Difference:
    """`sign`: came, went or changed. `before` and `after` are in words; one of them is empty where it came or went."""

    sign: str
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Two moments, the earlier first. `events`: recorded when, and what in one line."""

    first: datetime
    second: datetime
    rows: Sequence[Difference]
    events: Sequence[tuple[datetime, str]]


def differences(
    first: JourneyThen, second: JourneyThen, stance: Stance, hidden: frozenset[str], titles: Titles, visit: Visit
) -> Differences:
    """Of what they may read, and nothing else."""
    before, after = (_portion(each.file, stance) for each in (first, second))
    compared, names = compare(shown_of(before), shown_of(after)), _names(before, titles) | _names(after, titles)

    def named(key: str) -> str:
        return names.get(key) or titles.part(key)

    rows = [Difference("came", named(key), (), _said(fields, visit)) for key, fields in compared.came.items()]
    rows += [Difference("went", named(key), _said(fields, visit), ()) for key, fields in compared.went.items()]
    for key, changes in compared.changed.items():
        was = {change.field: change.before for change in changes}
        became = {change.field: change.after for change in changes}
        rows.append(Difference("changed", named(key), _said(was, visit), _said(became, visit)))
    events = [
        (each.recorded_at, headline(each.event, titles, visit))
        for each in between(first.past, second.past).came
        if each.event.topic not in hidden
    ]
    return Differences(first.past.moment.at, second.past.moment.at, rows, events)


def _portion(found: JourneyFile | None, stance: Stance) -> JourneyFile | None:
    return portion(found, stance) if found else None


def _names(found: JourneyFile | None, titles: Titles) -> dict[str, str]:
    """How a page calls each thing that is compared, by its key."""
    if found is None:
        return {}
    t, document = titles.words, found.document
    names = {"journey": t("file.title", code=found.header.code)}
    names |= {f"role:{role.value}": t.label(role) for role in Role}
    names |= {f"stage:{stage.stage}": titles.stage(stage.stage) for stage in document.stages}
    names |= {step.part: titles.step(step.step) for step in found.steps}
    names |= {consent.part: _consent(consent.purpose, titles) for consent in document.consents}
    names |= {hearing.part: titles.hearing(hearing.hearing, hearing.hearing_kind) for hearing in document.hearings}
    names |= {f"milestone:{each.milestone}": titles.milestone(each.milestone) for each in document.milestones}
    return names


def _consent(purpose: ConsentPurpose, titles: Titles) -> str:
    return f"{titles.words('file.consents')}: {titles.words.label(purpose)}"


def _said(fields: Fields, visit: Visit) -> tuple[str, ...]:
    t = visit.words
    return tuple([f"{t('replay.field.' + name)}: {_value(value, visit)}" for name, value in fields.items()])


def _value(value: object, visit: Visit) -> str:
    t = visit.words
    match value:
        case None:
            return "–"
        case Enum():
            return t.label(value)
        case datetime():
            return t.moment(value)
        case date():
            return t.day(value)
        case UUID():
            return visit.name(value) or "–"
    return str(value)
