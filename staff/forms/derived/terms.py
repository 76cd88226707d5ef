"""Forms of terms and limitations beyond the everyday ones of `lawsuits`: corrections, other days, what stops them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from domain.codes import ObligationKind
from domain.journey.proceedings import term_commands as commands
from domain.journey.proceedings.codes import TermOutcome
from domain.law import LIMITATION_RULES, TERM_RULES, TRIGGERS, Trigger
from projections.journey_file.proceedings import TermRow
from staff.forms.derived.choosing import labelled, titled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, whole
from staff.forms.derived.proceedings import proceedings_name, proceedings_of
from staff.forms.derived.question import Asked, Question, one_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.scene import Scene


def _rows(scene: Scene) -> tuple[TermRow, ...]:
    return scene.file.document.terms if scene.file else ()


def _name(scene: Scene, row: TermRow) -> str:
    return scene.titles.owed(ObligationKind.LIMITATION if row.is_limitation else ObligationKind.TERM, row.rule)


def _given(row: TermRow) -> Mapping[str, object]:
    return {"term": row.number}


TERM = Place(
    Card.TERMS, _rows, lambda row: str(row.number), _name, _given, lambda row: row.version, lambda row: row.part
)


def _runs(_: Scene, row: TermRow) -> bool:
    return row.outcome is None


def _runs_as(*, limitation: bool) -> Callable[[Scene, TermRow], bool]:
    return lambda scene, row: _runs(scene, row) and row.is_limitation is limitation


def _triggers(scene: Scene) -> Iterator[Choice]:
    """What may begin this term."""
    rule = TERM_RULES.get(TERM.row(scene).rule)
    for trigger in sorted(rule.triggers) if rule else ():
        yield Choice(trigger.value, scene.words.title(TRIGGERS[trigger]))


_OF_LIMITATION = tuple(
    trigger
    for trigger in Trigger
    if trigger in {t for rule in LIMITATION_RULES.values() for t in (rule.runs_from, rule.absolute_from)}
)
"""The days that any limitation is counted from."""


def _day(asked: Asked, trigger: Trigger, scene: Scene) -> Field:
    return labelled(asked, trigger.value, FieldKind.DAY, scene.words.title(TRIGGERS[trigger]))


def _read_days(scene: Scene, entry: Entry, asked: Asked) -> object | None:
    days: list[tuple[Trigger, date | None]] = [
        (trigger, entry.day(f"{asked.name}-{trigger.value}")) for trigger in _OF_LIMITATION
    ]
    return tuple({"trigger": trigger, "on": on} for trigger, on in days if on is not None) or None


_DAYS = Question(lambda scene, asked: tuple(_day(asked, t, scene) for t in _OF_LIMITATION), _read_days)


_RULE = one_of(lambda scene: titled(scene, LIMITATION_RULES.items()))
_GIVEN = ("term",)

derive(
    commands.CorrectTerm,
    TERM,
    _runs_as(limitation=False),
    given=_GIVEN,
    corrects=lambda row: row.counted_version,
    without=frozenset({"also", "frame"}),
    trigger=one_of(_triggers),
)
derive(commands.OverrideTerm, TERM, _runs, given=_GIVEN)
derive(commands.RestoreTerm, TERM, lambda scene, row: row.outcome is TermOutcome.MISSED, given=_GIVEN)
derive(
    commands.ReopenTerm,
    TERM,
    lambda scene, row: row.outcome is not None,
    given=_GIVEN,
    corrects=lambda row: row.settled_version,
)
derive(
    commands.StartLimitation,
    whole(Card.TERMS),
    lambda scene, _: scene.pathway.proceedings is not None,
    days=_DAYS,
    rule=_RULE,
    proceedings=one_of(
        lambda scene: (Choice(str(r.number), proceedings_name(scene, r)) for r in proceedings_of(scene))
    ),
)
derive(
    commands.CorrectLimitation,
    TERM,
    _runs_as(limitation=True),
    given=_GIVEN,
    corrects=lambda row: row.counted_version,
    days=_DAYS,
    rule=_RULE,
)
derive(commands.InterruptLimitation, TERM, _runs_as(limitation=True), given=_GIVEN)
derive(commands.SuspendLimitation, TERM, _runs_as(limitation=True), given=_GIVEN)
derive(
    commands.RecomputeDeadlines,
    whole(Card.TERMS),
    lambda scene, _: any(_runs(scene, row) for row in _rows(scene)),
)
