"""The file of a journey: who, next steps above history, stages, consents, people, and the timeline page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import local_date
from domain.codes import ConsentPurpose, ObligationKind, Phase, Role
from domain.journey.naming import journey_code
from domain.journey.state import StepStatus, journey_stream
from domain.pathway.model import Step
from domain.rights.actions import Action
from domain.rights.parts import hidden_topics, shows
from projections.journey_file.model import AssignedRow, JourneyFile, StageRow, StepRow
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import find_journeys
from projections.my_day.queries import my_day
from projections.names import ModelName
from staff.forms.rights import offered
from staff.forms.scene import pin_of
from staff.guard.portion import missing_parts, portion, require_file
from staff.i18n.words import OFFICE_ZONE
from staff.owing import Due, OwedTitles, due
from staff.pages import flash
from staff.pages.approvals import approvals
from staff.pages.asking import link
from staff.pages.documents import document_box
from staff.pages.doings import Doings, doings
from staff.pages.emergencies import emergencies
from staff.pages.identity import identity_bar
from staff.pages.notices import notices
from staff.pages.proceedings import fee_facts, proceedings_facts, term_facts
from staff.pages.reintegration import reintegration_facts
from staff.pages.returning import return_facts
from staff.pages.safety import calling, recipients, safety_lists
from staff.pages.standing import permit_facts, screening_facts, status_facts
from staff.pages.story import tell
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 30
MANY = 500
"""More than any journey owes at a time."""
_CARDS = frozenset({ObligationKind.STEP, ObligationKind.REVIEW})
"""What has a card of its own, with everything that can be done about it."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """An open step with what it needs to be shown."""

    row: StepRow
    title: str
    help: str | None
    stage: str
    owner: str | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the pathway as far as this journey has come; `row` is None where it was never entered."""

    key: str
    title: str
    row: StageRow | None
    settled: int
    required: int
    steps: Sequence[tuple[str, StepRow | None]]
    can_open: Sequence[tuple[str, str]]

    @property
    def state(self) -> str:
        if self.row is None:
            return "ahead"
        return "active" if self.row.left_at is None else "left"


@router.get("/journeys/{journey}")
async def journey_file(journey: UUID, visit: Here) -> Response:
    """The file as its read model shows it now."""
    return await run_in_threadpool(_page, journey, visit)


def _page(journey: UUID, visit: Visit) -> Response:
    stance = visit.stance(journey_stream(journey))
    require_file(stance, journey_stream(journey))
    whole = file(visit.parts.reader, journey)
    found = portion(whole, stance) if whole else None
    said = notices(visit, ModelName.JOURNEY_FILE, journey)
    if found is None:
        code, opened = journey_code(journey), flash.is_late(visit)
        return page(visit, "missing.html", 404, code=code, just_opened=opened, notices=said)
    query = visit.request.query_params
    before = int(query["before"]) if query.get("before", "").isascii() and query.get("before", "").isdigit() else None
    hidden = hidden_topics(stance)
    history = timeline(visit.parts.reader, journey, hidden=hidden, before_version=before, limit=AT_ONCE)
    titles = Titles(visit.parts.desk.pathway(pin_of(found)), visit.words)
    others = find_journeys(visit.parts.reader, _others(found))
    lines = tell(history.rows, journey, titles, visit)
    named = recipients(visit)
    is_open = found.header.phase is Phase.OPEN
    mine = offered(stance)
    return page(
        visit,
        "journey.html",
        notices=said,
        file=found,
        header=found.header,
        document=found.document,
        titles=titles,
        open_steps=_open_steps(found, titles, visit),
        owed=_owed(found, visit),
        stages=[_stage(stage.stage, found, titles) for stage in titles.pathway.stages],
        consents=sorted(found.document.consents, key=lambda c: (not c.stands(visit.now), c.part)),
        may_consent=len({c.purpose for c in found.document.consents if not (c.recipient or c.ends_at)})
        < len(ConsentPurpose),
        identity=identity_bar(journey, visit),
        calling=calling(found, visit),
        lists=safety_lists(found.document.safety, titles, named),
        recipient=named,
        people=_people(found.document.assigned, titles),
        others=others,
        lines=lines,
        history=history,
        older=history.next and link(f"/journeys/{journey}", before=history.next) + "#history",
        is_older=before is not None,
        is_open=is_open,
        offered=mine,
        doings=doings(journey, found, titles, visit, mine) if is_open else Doings(),
        reads=frozenset(part.value for part in Action if visit.may(part, journey_stream(journey))),
        missing=[part.value for part in missing_parts(stance)],
        flash=flash.read(visit),
        has_formal_status=titles.pathway.formal_status is not None,
        status_facts=status_facts(found.document.formal_status, titles),
        permit_facts=permit_facts(found.document.permits, titles),
        screening_facts=screening_facts(
            found.document.screenings,
            titles,
            lambda version: visit.parts.desk.published(found.header.pathway, version),
        ),
        proceedings_facts=proceedings_facts(found.document.proceedings, titles),
        term_facts=term_facts(found.document.terms, titles),
        fee_facts=fee_facts(found.document.fees, titles),
        emergencies=emergencies(found.document, visit, is_open=is_open),
        documents=document_box(journey, found.document.documents, visit, is_open=is_open),
        approvals=approvals(found.document, titles, visit, is_open=is_open),
        reintegration_facts=reintegration_facts(found.document.reintegration, titles),
        return_facts=return_facts(found.document.returns, titles),
    )


def _others(found: JourneyFile) -> set[UUID]:
    document = found.document
    linked = {row.other for row in document.links} | set(document.absorbed)
    return linked | ({document.merged_into} if document.merged_into else set())


def _open_steps(found: JourneyFile, titles: Titles, visit: Visit) -> list[OpenStep]:
    """By due instant; a step with an appointment says the appointment."""
    rows = sorted((s for s in found.steps if s.status is StepStatus.OPEN), key=lambda s: (s.due_at, s.part))
    return [
        OpenStep(
            row=row,
            title=titles.step(row.step),
            help=_help(titles, row.step),
            stage=titles.stage(row.stage),
            owner=visit.name(row.owner_staff),
            overdue=row.due_at < visit.now,
        )
        for row in rows
    ]


def _owed(found: JourneyFile, visit: Visit) -> list[Due]:
    """What the journey owes besides steps and the review: hearings, terms, services, a safety plan.

    Two journeys may have the same code; each has its own rows here.
    """
    if found.header.phase is not Phase.OPEN:
        return []
    today = local_date(visit.now, OFFICE_ZONE)
    day = my_day(visit.parts.reader, code=found.header.code, now=visit.now, today=today, limit=MANY)
    stance = visit.stance(journey_stream(found.journey))
    rows = [r for r in day.rows if r.journey == found.journey and r.kind not in _CARDS and shows(stance, r.kind)]
    titles = OwedTitles(rows, visit.parts, visit.words)
    here = f"/journeys/{found.journey}"
    listed = (due(row, titles, visit) for row in rows)
    return [replace(item, href=None) if item.href == here else item for item in listed]


def _help(titles: Titles, step: str) -> str | None:
    place = titles.pathway.find_step(step)
    return titles.words.title(place[1].help) if place and place[1].help else None


def _stage(key: str, found: JourneyFile, titles: Titles) -> StageView:
    stage = next(s for s in titles.pathway.stages if s.stage == key)
    row = next((s for s in found.document.stages if s.stage == key), None)
    latest = {step.step: _latest(found.steps, step.step) for step in stage.steps}
    needed = [s for s in stage.steps if s.kind.value == "required"]
    settled = [s for s in needed if (at := latest[s.step]) and at.status is StepStatus.SETTLED]
    return StageView(
        key=key,
        title=titles.stage(key),
        row=row,
        settled=len(settled),
        required=len(needed),
        steps=[(titles.step(step), at) for step, at in latest.items() if at is not None],
        can_open=[(s.step, titles.step(s.step)) for s in stage.steps if _may_open(s, latest[s.step], row)],
    )


def _may_open(step: Step, latest: StepRow | None, stage: StageRow | None) -> bool:
    """Whether to offer it; what still blocks it is said in words on the form."""
    if stage is None or stage.left_at is not None:
        return False
    if latest is None:
        return step.opens.value == "by-decision"
    return latest.status is not StepStatus.OPEN and step.repeatable


def _latest(steps: Sequence[StepRow], key: str) -> StepRow | None:
    return max((s for s in steps if s.step == key), key=lambda s: s.occurrence, default=None)


def _people(assigned: Sequence[AssignedRow], titles: Titles) -> list[tuple[Role, UUID | None]]:
    """Every role of the pathway's steps, and whoever has another."""
    has = {row.role: row.staff for row in assigned}
    used = {Role.CASEWORKER, *(step.role for stage in titles.pathway.stages for step in stage.steps), *has}
    return [(role, has.get(role)) for role in Role if role in used]
