"""Forms of services beyond their chain: the record, feedback, costs, referrals, and the search for a client."""

from __future__ import annotations

from collections.abc import Iterator

from domain.journey.service import commands, concerning, costing, detailing, feedback, referring, searching, uses
from domain.journey.service.codes import BEFORE_CONSENT, OVER, ReferralStatus, ServiceStatus
from domain.pathway.services import Keeps
from projections.journey_file.services_model import ConcernRow, CostRow, ReferralRow, SearchRow, ServiceRow
from staff.forms.derived.choosing import CODE, LANGUAGE, PROVIDER, titled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, nothing, whole
from staff.forms.derived.question import one_of
from staff.forms.derived.record import RECORD, held_fields
from staff.forms.field import Choice, choices
from staff.forms.scene import Scene

_HIGHEST = 5


def _rows(scene: Scene) -> tuple[ServiceRow, ...]:
    return scene.file.document.services.each if scene.file else ()


SERVICE = Place(
    Card.SERVICES,
    _rows,
    lambda row: f"{row.service}:{row.occurrence}",
    lambda scene, row: scene.titles.service(row.service),
    lambda row: {"service": row.service, "occurrence": row.occurrence},
    lambda row: row.version,
    lambda row: row.part,
)


def _costs(scene: Scene) -> Iterator[tuple[ServiceRow, CostRow]]:
    return ((row, cost) for row in _rows(scene) for cost in row.costs)


def _cost_name(scene: Scene, one: tuple[ServiceRow, CostRow]) -> str:
    words = scene.words
    return f"{words.label(one[1].cost)}, {words('file.services.cost', amount=f'{one[1].amount:.2f}')}"


COST = Place(
    Card.SERVICES,
    _costs,
    lambda one: f"{one[0].service}:{one[0].occurrence}:{one[1].version}",
    _cost_name,
    lambda one: {"service": one[0].service, "occurrence": one[0].occurrence},
    lambda one: one[0].version,
    lambda one: one[0].part,
    lambda one: SERVICE.key(one[0]),
)
REFERRAL = Place[ReferralRow](
    Card.SERVICES,
    lambda scene: scene.file.document.services.referrals if scene.file else (),
    lambda row: f"{row.service}:{row.occurrence}:{row.number}",
    lambda scene, row: f"{scene.titles.service(row.service)} ({row.number})",
    lambda row: {"service": row.service, "occurrence": row.occurrence, "number": row.number},
    lambda row: row.version,
    lambda row: row.part,
)
CONCERN = Place[ConcernRow](
    Card.ALERTS,
    lambda scene: scene.file.document.services.concerns if scene.file else (),
    lambda row: str(row.number),
    lambda scene, row: scene.words.label(row.concern),
    lambda row: {"number": row.number},
    lambda row: row.version,
    lambda row: row.part,
    lambda row: "",
)


def _searches(scene: Scene) -> tuple[SearchRow, ...]:
    search = scene.file.document.services.search if scene.file else None
    return (search,) if search else ()


SEARCH = Place[SearchRow](
    Card.SERVICES,
    _searches,
    lambda row: "",
    lambda scene, row: "",
    nothing,
    lambda row: row.version,
    lambda row: "search",
)


def _is_agreed(_: Scene, row: ServiceRow) -> bool:
    return row.frozen is None and row.status not in BEFORE_CONSENT | OVER


def _was_given(_: Scene, row: ServiceRow) -> bool:
    return row.status not in BEFORE_CONSENT | {ServiceStatus.DECLINED}


def _may_be_corrected(_: Scene, row: ServiceRow) -> bool:
    is_over = row.status in (ServiceStatus.STOPPED, ServiceStatus.ENDED)
    return row.moved_version is not None and row.frozen is None and not is_over


def _anonymous(scene: Scene) -> Iterator[Choice]:
    kinds = scene.pathway.services.kinds if scene.pathway.services else ()
    return titled(scene, ((kind.service, kind) for kind in kinds if kind.keeps is Keeps.USE_ONLY))


def _ratings(scene: Scene) -> Iterator[Choice]:
    for rating in range(1, _HIGHEST + 1):
        key = f"ask.rating-{rating}"
        yield Choice(str(rating), scene.words(key) if scene.words.has(key) else str(rating))


def _answers(scene: Scene) -> tuple[Choice, ...]:
    now = REFERRAL.row(scene).status
    return choices([answer for status, answer in referring.ANSWERS if status is now], scene.words)


def _known(scene: Scene) -> Iterator[Choice]:
    known = dict.fromkeys(row.service for row in _rows(scene))
    return (Choice(service, scene.titles.service(service)) for service in known)


_GIVEN = ("service", "occurrence")
_ANSWERABLE = frozenset({ReferralStatus.SENT, ReferralStatus.ACCEPTED, ReferralStatus.RECALLED})

derive(
    detailing.DetailService,
    SERVICE,
    lambda scene, row: bool(held_fields(scene, row.service)),
    given=_GIVEN,
    details=RECORD,
)
derive(referring.SendReferral, SERVICE, _is_agreed, given=_GIVEN, recipient=PROVIDER, language=LANGUAGE)
derive(feedback.GiveServiceFeedback, SERVICE, _was_given, given=_GIVEN, rating=one_of(_ratings))
derive(costing.RecordServiceCost, SERVICE, _was_given, given=_GIVEN, donor=CODE)
derive(costing.CorrectServiceCost, COST, given=_GIVEN, corrects=lambda one: one[1].version, donor=CODE)
derive(commands.CorrectService, SERVICE, _may_be_corrected, given=_GIVEN, corrects=lambda row: row.moved_version)
derive(
    referring.AnswerReferral,
    REFERRAL,
    lambda scene, row: row.status in _ANSWERABLE,
    given=(*_GIVEN, "number"),
    answer=one_of(_answers),
)
derive(
    uses.NoteCounselling,
    whole(Card.SERVICES),
    lambda scene, _: any(_anonymous(scene)),
    service=one_of(_anonymous),
)
derive(
    searching.ReportUnreachable,
    whole(Card.SERVICES),
    lambda scene, _: scene.pathway.services is not None and not _searches(scene),
)
derive(searching.SeekClient, SEARCH, warning="form.reach-safely")
derive(searching.ReviewSearch, SEARCH, lambda scene, row: row.is_with_supervisor)
derive(
    concerning.RaiseConcern,
    whole(Card.ALERTS),
    lambda scene, _: scene.pathway.services is not None,
    about=one_of(_known),
)
derive(concerning.AnswerConcern, CONCERN, given=("number",))
