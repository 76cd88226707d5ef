"""Forms of returns: assisted voluntary return, and a witness who comes back for a court and goes home again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.codes import ObligationKind
from domain.journey.returning import commands
from domain.journey.returning.codes import LIVE, CheckStatus, ReceiverStatus, ReturnStatus
from domain.journey.returning.state import return_key
from domain.pathway.returning import VISITS, DocumentRule
from domain.pathway.returning_items import CHECK, STOP, WAY_HOME, document_item
from projections.journey_file.returning import ReturnDocumentRow, ReturnRow
from staff.forms.derived.choosing import COUNTRY, DOCUMENT, LANGUAGE, NEAR_COUNTRIES, PERSON, PROVIDER
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, whole
from staff.forms.derived.question import one_of, some_of
from staff.forms.field import Choice
from staff.forms.scene import Scene
from staff.pages.safety import recipients


def _rows(scene: Scene) -> tuple[ReturnRow, ...]:
    return scene.file.document.returns if scene.file else ()


def _name(scene: Scene, row: ReturnRow) -> str:
    return scene.words("returning.named", number=row.number)


RETURN = Place(
    Card.RETURNING,
    _rows,
    lambda row: str(row.number),
    _name,
    lambda row: {"number": row.number},
    lambda row: row.version,
    lambda row: row.part,
)


@dataclass(frozen=True, slots=True)
class DocumentOf:
    """A document that a return needs, and how far it is, where somebody has said so."""

    row: ReturnRow
    rule: DocumentRule
    known: ReturnDocumentRow | None


def _documents(scene: Scene) -> Iterator[DocumentOf]:
    rules = scene.pathway.returning.documents if scene.pathway.returning else ()
    for row in _rows(scene):
        for rule in rules:
            if row.status is ReturnStatus.PREPARING and rule.is_for(row.direction, row.purpose):
                known = next((one for one in row.documents if one.document == rule.document), None)
                yield DocumentOf(row, rule, known)


DOCUMENT_OF = Place(
    Card.RETURNING,
    _documents,
    lambda one: f"{one.row.number}:{one.rule.document}",
    lambda scene, one: scene.words.title(one.rule.title),
    lambda one: {"number": one.row.number, "document": one.rule.document},
    lambda one: one.known.version if one.known else 0,
    lambda one: return_key(one.row.number, document_item(one.rule.document)),
    lambda one: str(one.row.number),
)


def _checks(scene: Scene) -> Iterator[tuple[ReturnRow, str]]:
    for row in _rows(scene):
        for owed in row.owed:
            if owed.item.startswith(CHECK):
                yield row, owed.item.removeprefix(CHECK)


CHECK_OF = Place(
    Card.RETURNING,
    _checks,
    lambda one: f"{one[0].number}:{one[1]}",
    lambda scene, one: scene.titles.owed(ObligationKind.RETURN_CHECK, one[1]),
    lambda one: {"number": one[0].number, "check": one[1]},
    lambda one: one[0].version,
    lambda one: one[0].part,
    lambda one: str(one[0].number),
)

Possible = Callable[[Scene, ReturnRow], bool]


def _when(*statuses: ReturnStatus) -> Possible:
    return lambda scene, row: row.status in statuses


def _owes(item: str) -> Possible:
    return lambda scene, row: any(owed.item == item for owed in row.owed)


def _hearings(scene: Scene) -> Iterator[Choice]:
    for row in scene.file.document.hearings if scene.file else ():
        yield Choice(str(row.hearing), scene.titles.hearing(row.hearing, row.hearing_kind))


def _visits(scene: Scene) -> Iterator[Choice]:
    return (Choice(str(row.number), _name(scene, row)) for row in _rows(scene) if row.purpose in VISITS)


def _untold(scene: Scene) -> Iterator[Choice]:
    named = recipients(scene.visit)
    return (Choice(str(partner), named(partner)) for partner in RETURN.row(scene).untold)


def _may_be_taken_back(_: Scene, row: ReturnRow) -> bool:
    is_ahead = all(check.status is CheckStatus.AHEAD for check in row.checks)
    return is_ahead and row.status in (ReturnStatus.DEPARTED, ReturnStatus.RECEIVED)


_PREPARING, _DEPARTED = _when(ReturnStatus.PREPARING), _when(ReturnStatus.DEPARTED)

derive(
    commands.BeginReturn,
    whole(Card.RETURNING),
    lambda scene, _: scene.pathway.returning is not None,
    country=COUNTRY,
    hearing=one_of(_hearings),
    follows=one_of(_visits),
)
derive(commands.DeclareVoluntariness, RETURN, _PREPARING, given=("number",), language=LANGUAGE)
derive(
    commands.WithdrawVoluntariness,
    RETURN,
    lambda scene, row: row.status in LIVE and row.voluntary is not None,
    given=("number",),
)
derive(commands.AssessReturn, RETURN, _PREPARING, given=("number",), partner=PROVIDER)
derive(commands.SettleReturnDocument, DOCUMENT_OF, given=("number", "document"), consulate=PROVIDER, stored=DOCUMENT)
derive(commands.AskReceiver, RETURN, _PREPARING, given=("number",), provider=PROVIDER)
derive(
    commands.AnswerReceiver,
    RETURN,
    lambda scene, row: (
        row.status is ReturnStatus.PREPARING
        and row.receiver is not None
        and row.receiver_status is not ReceiverStatus.REFUSED
    ),
    given=("number",),
)
derive(commands.ArrangeEscort, RETURN, _PREPARING, given=("number",), staff=PERSON, provider=PROVIDER)
derive(commands.PlanReturnRoute, RETURN, _PREPARING, given=("number",), through=NEAR_COUNTRIES)
derive(commands.DepartOnReturn, RETURN, _PREPARING, given=("number",))
derive(commands.ReportHandoverTrouble, RETURN, _DEPARTED, given=("number",))
derive(commands.ConfirmHandover, RETURN, _DEPARTED, given=("number",), received_by=PROVIDER, document=DOCUMENT)
derive(commands.HoldReturnCheck, CHECK_OF, given=("number", "check"))
derive(commands.StopReturn, RETURN, _when(*LIVE), given=("number",))
derive(commands.TellOfStop, RETURN, _owes(STOP), given=("number",), told=some_of(_untold))
derive(commands.ResumeReturn, RETURN, _when(ReturnStatus.STOPPED), given=("number",))
derive(commands.TakeBackReturn, RETURN, _may_be_taken_back, given=("number",), corrects=lambda row: row.status_version)
derive(commands.SettleWayHome, RETURN, _owes(WAY_HOME), given=("number",))
