"""Moving running journeys to the newest version of their pathway: who could go, and then one by one.

Sent some at a time, so that every answer comes soon; each command has an id that follows from the journey as it stands,
so a form that is sent twice, or broken off and begun again, moves nobody twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.journey.migration.events import MigrateJourney, Renamed
from domain.journey.migration.ordering import migration_id
from domain.pathway.model import Pathway, Pin
from domain.rights.actions import Action
from projections.journey_list.queries import JourneyRow
from projections.journey_list.running import running_on
from staff.guard.tokens import is_token
from staff.pages import migrated
from staff.pages.asking import ident, link
from staff.rendering import page
from staff.titles import Titles
from staff.typing_in import Typed
from staff.visit import Here, Visit
from workflows.messages import AnswerKind

router = APIRouter()
SHOWN = 25
"""Journeys on a page."""
AT_ONCE = 25
"""Journeys that are moved before the next answer."""
HERE = "/replay/migrate"
_LONGEST = 400
_NO_REFUSAL = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be moved: from a version, to the newest one of the pathway. `only` one journey, where it is named."""

    pathway: str
    was: int
    renamed: str
    only: UUID | None
    after: str

    def texts(self, **more: object) -> dict[str, object]:
        """As it stands in an address."""
        return {"pathway": self.pathway, "was": self.was, "renamed": self.renamed, "only": self.only or "", **more}


@dataclass(frozen=True, slots=True)
class Seen:
    """One journey, and what would become of it; `why` it cannot go, where it cannot."""

    row: JourneyRow
    details: tuple[str, ...]
    opens: tuple[str, ...]
    why: str
    do: str


@router.get(HERE)
async def migrate(visit: Here) -> Response:
    """What would become of each journey; nothing is moved."""
    await run_in_threadpool(visit.require, Action.MIGRATE_JOURNEYS)
    return await _preview(visit, _asked(visit.request.query_params))


@router.post(HERE)
async def carry_out(texts: Typed, visit: Here) -> Response:
    """Moves the next ones, and comes back with how far it is."""
    await run_in_threadpool(visit.require, Action.MIGRATE_JOURNEYS)
    asked = _asked(texts)
    if not is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret):
        return await _preview(visit, asked, expired=True)
    command = _command(asked, _pathways(visit))
    if command is None:
        return await _preview(visit, asked)
    done, refused = _number(texts, "done"), _number(texts, "refused")
    rows = await run_in_threadpool(_next, visit, asked, AT_ONCE)
    for row in rows:
        command_id = migration_id(row.journey, row.version, command)
        outcome = await visit.parts.desk.submit(row.journey, command, command_id=command_id, actor=visit.person.id)
        done += outcome.kind is not AnswerKind.REFUSED
        refused += outcome.kind is AnswerKind.REFUSED
    after = _place(rows[-1]) if len(rows) == AT_ONCE else ""
    return RedirectResponse(link(HERE, **asked.texts(done=done, refused=refused, after=after, ran="yes")), 303)


async def _preview(visit: Visit, asked: Asked, *, expired: bool = False) -> Response:
    pathways, query = _pathways(visit), visit.request.query_params
    command = _command(asked, pathways)
    rows = await run_in_threadpool(_next, visit, asked, SHOWN + 1) if command is not None else []
    seen = [await _seen(visit, row, command, pathways[asked.pathway][1]) for row in rows[:SHOWN] if command is not None]
    return page(
        visit,
        "migrating.html",
        status=422 if expired else 200,
        expired=expired,
        asked=asked,
        texts=asked.texts(),
        wrong=bool(asked.pathway) and command is None,
        versions=[
            (f"{name}/{number}", f"{visit.words.title(pathway.title)}, {number} → {pin.version}")
            for name, (pin, pathway) in pathways.items()
            for number in range(pin.version - 1, 0, -1)
        ],
        chosen=f"{asked.pathway}/{asked.was}",
        to=command.pin.version if command else None,
        seen=seen,
        able=sum(not one.why for one in seen),
        more=link(HERE, **asked.texts(after=_place(rows[SHOWN - 1]))) if len(rows) > SHOWN else None,
        ran=query.get("ran") == "yes",
        done=_number(query, "done"),
        refused=_number(query, "refused"),
        left=bool(query.get("after")),
        longest=_LONGEST,
    )


def _pathways(visit: Visit) -> dict[str, tuple[Pin, Pathway]]:
    return {pin.name: (pin, pathway) for pin, pathway in visit.parts.desk.pathways()}


def _asked(texts: Mapping[str, str]) -> Asked:
    """Read leniently. The choice of the form is `name/number`."""
    name, _, number = texts.get("version", "").partition("/")
    number = number or texts.get("was", "")
    was = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    return Asked(
        (name or texts.get("pathway", ""))[:64],
        was,
        texts.get("renamed", "").strip()[:_LONGEST],
        ident(texts, "only"),
        texts.get("after", "")[:100],
    )


def _command(asked: Asked, pathways: Mapping[str, tuple[Pin, Pathway]]) -> MigrateJourney | None:
    """None where there is no such pathway, or a new name is no name."""
    if asked.pathway not in pathways:
        return None
    pin, pathway = pathways[asked.pathway]
    stages: list[Renamed] = []
    steps: list[Renamed] = []
    try:
        for text in (each.strip() for each in asked.renamed.split(",") if each.strip()):
            was, _, now = (part.strip() for part in text.partition("="))
            (stages if pathway.find_stage(now) else steps).append(Renamed(was=was, now=now))
    except ValidationError:
        return None
    return MigrateJourney(pin=pin, stages=tuple(stages), steps=tuple(steps))


def _next(visit: Visit, asked: Asked, count: int) -> Sequence[JourneyRow]:
    """The next of those that run by the version, after the place that was reached."""
    found = running_on(visit.parts.reader, asked.pathway, asked.was)
    wanted = (row for row in found if asked.only is None or row.journey == asked.only)
    return list(islice((row for row in wanted if _place(row) > asked.after), count))


def _place(row: JourneyRow) -> str:
    """Where it stands in the order; text that sorts as the list does."""
    return f"{row.opened_at.timestamp():020.6f}|{row.journey}"


async def _seen(visit: Visit, row: JourneyRow, command: MigrateJourney, pathway: Pathway) -> Seen:
    foreseen = await visit.parts.desk.preview(row.journey, command, actor=visit.person.id)
    titles, t = Titles(pathway, visit.words), visit.words
    if (refusal := foreseen.refusal) is not None:
        return Seen(row, (), (), t(f"refusal.{refusal.code.value}.why"), t(f"refusal.{refusal.code.value}.do"))
    told = [found for event in foreseen.events if (found := migrated.tell(event, titles)) is not None]
    details = tuple(line for _, lines in told for line in lines)
    before, after = foreseen.before, foreseen.after
    known = set(before.steps) if before is not None else set()
    renamed = {each.now for each in command.steps}
    opened = (s.step for s in after.steps.values() if s.key not in known) if after is not None else ()
    opens = tuple(titles.step(step) for step in opened if step not in renamed)
    return Seen(row, details, opens, _NO_REFUSAL, _NO_REFUSAL)


def _number(texts: Mapping[str, str], name: str) -> int:
    text = texts.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
