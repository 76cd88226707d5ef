"""Forms of legal proceedings, powers of attorney and court fees; what stood before is in `lawsuits`."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Role
from domain.journey.proceedings import commands
from domain.journey.proceedings.codes import CLAIM_AFTER, STANDINGS, HolderKind
from domain.pathway.hearings import Matter
from projections.journey_file.proceedings import PowerRow, ProceedingsRow
from staff.forms.derived.choosing import PROVIDER, people, providers
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, whole
from staff.forms.derived.question import Asked, Question, codes, one_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, choices
from staff.forms.scene import Scene


def proceedings_of(scene: Scene) -> tuple[ProceedingsRow, ...]:
    """All that this case has."""
    return scene.file.document.proceedings if scene.file else ()


def proceedings_name(scene: Scene, row: ProceedingsRow) -> str:
    """`criminal (1)`"""
    return scene.words("hearing-form.proceedings", number=row.number, matter=scene.words.label(row.matter))


PROCEEDINGS = Place(
    Card.PROCEEDINGS,
    proceedings_of,
    lambda row: str(row.number),
    proceedings_name,
    lambda row: {"proceedings": row.number},
    lambda row: row.version,
    lambda row: row.part,
)


def _powers(scene: Scene) -> Iterator[tuple[ProceedingsRow, PowerRow]]:
    for row in proceedings_of(scene):
        for power in row.powers:
            if power.ended_on is None:
                yield row, power


def _holder(scene: Scene, power: PowerRow) -> str:
    known = scene.visit.name(power.holder) or scene.desk.provider_name(power.holder)
    return known or scene.words.label(power.holder_kind)


POWER = Place(
    Card.PROCEEDINGS,
    _powers,
    lambda one: f"{one[0].number}:{one[1].number}",
    lambda scene, one: _holder(scene, one[1]),
    lambda one: {"proceedings": one[0].number, "power": one[1].number},
    lambda one: one[0].version,
    lambda one: one[0].part,
    lambda one: str(one[0].number),
)


def _runs(_: Scene, row: ProceedingsRow) -> bool:
    return row.outcome is None


def _is_criminal(scene: Scene, row: ProceedingsRow) -> bool:
    return _runs(scene, row) and row.matter is Matter.CRIMINAL


def others(scene: Scene, row: ProceedingsRow) -> Iterator[Choice]:
    """Proceedings of the other matter, not tied to these yet."""
    for other in proceedings_of(scene):
        if other.matter is not row.matter and other.number not in row.linked:
            yield Choice(str(other.number), proceedings_name(scene, other))


def _tied(scene: Scene) -> Iterator[Choice]:
    linked = PROCEEDINGS.row(scene).linked
    return (Choice(str(r.number), proceedings_name(scene, r)) for r in proceedings_of(scene) if r.number in linked)


def _holder_kind(scene: Scene, entry: Entry, _: Asked) -> object | None:
    """Which of the two directories the chosen holder is in."""
    ours = {choice.value for choice in people(scene, Role.LAWYER)}
    return HolderKind.STAFF if entry.text("holder") in ours else HolderKind.PROVIDER


def _claims(scene: Scene) -> tuple[Choice, ...]:
    """What may become of the property claim now."""
    return choices(tuple(sorted(CLAIM_AFTER[PROCEEDINGS.row(scene).claim])), scene.words)


_GIVEN = ("proceedings",)
_MATTER = codes(*STANDINGS)

derive(
    commands.StartProceedings,
    whole(Card.PROCEEDINGS),
    lambda scene, _: scene.pathway.proceedings is not None,
    matter=_MATTER,
    court=PROVIDER,
)
derive(commands.DescribeProceedings, PROCEEDINGS, _runs, given=_GIVEN, court=PROVIDER)
derive(commands.EndProceedings, PROCEEDINGS, _runs, given=_GIVEN)
derive(
    commands.ResumeProceedings,
    PROCEEDINGS,
    lambda scene, row: row.outcome is not None,
    given=_GIVEN,
    corrects=lambda row: row.over_version,
)
derive(
    commands.LinkProceedings,
    PROCEEDINGS,
    lambda scene, row: any(others(scene, row)),
    given=_GIVEN,
    other=one_of(lambda scene: others(scene, PROCEEDINGS.row(scene))),
)
derive(commands.UnlinkProceedings, PROCEEDINGS, lambda scene, row: bool(row.linked), given=_GIVEN, other=one_of(_tied))
derive(commands.RecordProtection, PROCEEDINGS, _is_criminal, given=_GIVEN)
derive(
    commands.RecordPropertyClaim,
    PROCEEDINGS,
    lambda scene, row: _is_criminal(scene, row) and bool(CLAIM_AFTER[row.claim]),
    given=_GIVEN,
    status=one_of(_claims),
)
derive(
    commands.GivePower,
    PROCEEDINGS,
    _runs,
    given=_GIVEN,
    holder=one_of(lambda scene: (*people(scene, Role.LAWYER), *providers(scene))),
    holder_kind=Question(lambda scene, asked: (), _holder_kind),
)
derive(commands.RevokePower, POWER, given=("proceedings", "power"))
derive(commands.ForgoPower, PROCEEDINGS, lambda scene, row: row.power_due_at is not None, given=_GIVEN)
derive(commands.OweFee, PROCEEDINGS, _runs, given=_GIVEN)
