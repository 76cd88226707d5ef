"""Forms of hearings beyond their dates: one that goes on later, a plan counted back from the day, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.journey.hearing import commands
from domain.journey.hearing.codes import DATED, OVER
from projections.journey_file.hearing_model import HearingRow
from staff.forms.derived.choosing import PROVIDER, titled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place
from staff.forms.derived.proceedings import proceedings_name, proceedings_of
from staff.forms.derived.question import Asked, Question, one_of, question_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.hearing import zone_of
from staff.forms.scene import Scene


def _rows(scene: Scene) -> tuple[HearingRow, ...]:
    return scene.file.document.hearings if scene.file else ()


def _name(scene: Scene, row: HearingRow) -> str:
    return scene.titles.hearing(row.hearing, row.hearing_kind)


HEARING = Place(
    Card.HEARINGS,
    _rows,
    lambda row: str(row.hearing),
    _name,
    lambda row: {"hearing": row.hearing},
    lambda row: row.version,
    lambda row: row.part,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a hearing and can be said to be wrong: the last thing, or the summons itself."""

    row: HearingRow
    version: int
    is_summons: bool


def _said(scene: Scene) -> Iterator[Said]:
    for row in _rows(scene):
        if row.said_version is not None:
            yield Said(row, row.said_version, is_summons=False)
        if row.status not in OVER:
            yield Said(row, row.summoned_version, is_summons=True)


def _said_name(scene: Scene, one: Said) -> str:
    key = "ask.correct-hearing.summons" if one.is_summons else "ask.correct-hearing.last"
    return f"{_name(scene, one.row)}, {scene.words(key)}"


SAID = Place(
    Card.HEARINGS,
    _said,
    lambda one: f"{one.row.hearing}:{'summons' if one.is_summons else 'last'}",
    _said_name,
    lambda one: {"hearing": one.row.hearing},
    lambda one: one.row.version,
    lambda one: one.row.part,
    lambda one: str(one.row.hearing),
)


def _of_a_summons(question: Question) -> Question:
    """Asked only where the summons was wrong: of anything else what stood before stands again."""

    def draw(scene: Scene, asked: Asked) -> tuple[Field, ...]:
        return question.draw(scene, asked) if SAID.row(scene).is_summons else ()

    def read(scene: Scene, entry: Entry, asked: Asked) -> object | None:
        return question.read(scene, entry, asked) if SAID.row(scene).is_summons else None

    return Question(draw, read)


def _on_that_wall(scene: Scene, entry: Entry, asked: Asked) -> object | None:
    """The moment by the clock of the place where it is held."""
    zone = zone_of(HEARING.row(scene), scene)
    return Entry(entry.texts, zone, entry.faults).moment(asked.name)


def _kinds(scene: Scene) -> Iterator[Choice]:
    section = scene.pathway.hearings
    return titled(scene, ((kind.hearing, kind) for kind in section.kinds)) if section else iter(())


def _plans(scene: Scene) -> Iterator[Choice]:
    section = scene.pathway.hearings
    return titled(scene, ((plan.plan, plan) for plan in section.plans)) if section else iter(())


def _proceedings(scene: Scene) -> Iterator[Choice]:
    return (Choice(str(row.id), proceedings_name(scene, row)) for row in proceedings_of(scene))


derive(
    commands.InterruptHearing,
    HEARING,
    lambda scene, row: row.status in DATED,
    given=("hearing",),
    without=frozenset({"zone"}),
    starts_at=Question(lambda scene, asked: (asked.field(scene, FieldKind.MOMENT),), _on_that_wall),
    venue=PROVIDER,
)
derive(
    commands.PlanHearing,
    HEARING,
    lambda scene, row: row.status in DATED and row.plan is None and any(_plans(scene)),
    given=("hearing",),
    plan=one_of(_plans),
)
derive(
    commands.CorrectHearing,
    SAID,
    given=("hearing",),
    corrects=lambda one: one.version,
    hearing_kind=_of_a_summons(one_of(_kinds)),
    proceeding=_of_a_summons(one_of(_proceedings)),
    served_on=_of_a_summons(question_of(commands.CorrectHearing, "served_on")),
)
