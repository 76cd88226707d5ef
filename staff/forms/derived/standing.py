"""Forms of where a person stands before the state: decisions on formal status, and residence permits."""

from __future__ import annotations

from collections.abc import Iterator

from domain.journey.residence import commands as residence
from domain.journey.residence.codes import OWED, PermitStatus
from domain.journey.status import events as status
from domain.journey.status.state import STATUS
from projections.journey_file.model import JourneyFile
from projections.journey_file.standing import DecisionRow, PermitRow
from staff.forms.derived.choosing import DOCUMENT, titled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, nothing, whole
from staff.forms.derived.question import one_of
from staff.forms.field import Choice
from staff.forms.scene import Scene


# ----------------------------------------------------------------------------------------------------- formal status
def _version(file: JourneyFile) -> int | None:
    known = file.document.formal_status
    return known.version if known else None


def _decisions(scene: Scene) -> tuple[DecisionRow, ...]:
    known = scene.file.document.formal_status if scene.file else None
    return known.decisions if known else ()


def _deciders(scene: Scene) -> Iterator[Choice]:
    rules = scene.pathway.formal_status
    return titled(scene, ((each.decider, each) for each in rules.deciders)) if rules else iter(())


DECISION = Place[DecisionRow](
    Card.FORMAL_STATUS,
    _decisions,
    lambda row: str(row.version),
    lambda scene, row: scene.words.label(row.status),
    nothing,
    lambda row: None,
    lambda row: STATUS,
    lambda row: "",
)

derive(
    status.RecordFormalStatus,
    whole(Card.FORMAL_STATUS, _version, STATUS),
    lambda scene, _: scene.pathway.formal_status is not None,
    decider=one_of(_deciders),
    document=DOCUMENT,
)
derive(
    status.CorrectFormalStatus,
    DECISION,
    corrects=lambda row: row.version,
    decider=one_of(_deciders),
    document=DOCUMENT,
)


# ----------------------------------------------------------------------------------------------------------- residence
def _permits(scene: Scene) -> tuple[PermitRow, ...]:
    return scene.file.document.permits if scene.file else ()


def _watched(scene: Scene) -> tuple[PermitRow, ...]:
    """The one that somebody watches over, which is the last."""
    return tuple(row for row in _permits(scene)[:1] if row.status in OWED)


def _permit_name(scene: Scene, row: PermitRow) -> str:
    rules = scene.pathway.residence
    found = rules.find_kind(row.kind) if rules else None
    return scene.words.title(found.title) if found else ""


PERMIT = Place[PermitRow](
    Card.RESIDENCE,
    _permits,
    lambda row: str(row.number),
    _permit_name,
    nothing,
    lambda row: row.version,
    lambda row: row.part,
)
WATCHED = Place[PermitRow](Card.RESIDENCE, _watched, PERMIT.key, PERMIT.name, nothing, PERMIT.version, PERMIT.part)


def _kinds(scene: Scene) -> Iterator[Choice]:
    rules = scene.pathway.residence
    return titled(scene, ((kind.kind, kind) for kind in rules.kinds)) if rules else iter(())


def _grounds(scene: Scene) -> Iterator[Choice]:
    """Those of every kind; one that does not go with the chosen kind is refused, with those that do."""
    rules = scene.pathway.residence
    known = {ground.ground: ground for kind in rules.kinds for ground in kind.grounds} if rules else {}
    return titled(scene, known.items())


def _revocations(scene: Scene) -> Iterator[Choice]:
    rules = scene.pathway.residence
    return titled(scene, ((each.ground, each) for each in rules.revocation.grounds)) if rules else iter(())


def _is_renewable(scene: Scene, row: PermitRow) -> bool:
    kind = scene.pathway.residence.find_kind(row.kind) if scene.pathway.residence else None
    return kind is not None and kind.renewable and row.status is not PermitStatus.REVOKED


derive(
    residence.GrantResidence,
    whole(Card.RESIDENCE),
    lambda scene, _: scene.pathway.residence is not None,
    permit_kind=one_of(_kinds),
    ground=one_of(_grounds),
    document=DOCUMENT,
)
derive(residence.ApplyForExtension, WATCHED, lambda scene, row: row.applied_on is None, document=DOCUMENT)
derive(residence.SettleApplication, WATCHED, lambda scene, row: row.applied_on is not None)
derive(residence.ExtendResidence, WATCHED, _is_renewable, document=DOCUMENT)
derive(
    residence.RevokeResidence,
    WATCHED,
    lambda scene, row: row.status is not PermitStatus.REVOKED,
    ground=one_of(_revocations),
    document=DOCUMENT,
)
derive(residence.EndResidence, WATCHED)
derive(
    residence.CorrectResidence,
    PERMIT,
    lambda scene, row: row.status is not PermitStatus.VOID,
    corrects=lambda row: row.version,
    permit_kind=one_of(_kinds),
    ground=one_of(_grounds),
)
