"""What a changed pathway would have done: its text as a file or typed in, checked line by line. Nothing of it is kept.

The text travels with each answer of the page, so that any process can go on with it; the run is found by its hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic, sleep

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from analysis.what_if.rules import ChangedPathway
from domain.errors import PathwayInvalid
from domain.pathway.model import Pathway
from domain.rights.actions import Action
from staff.guard.gate import MOST_BYTES
from staff.guard.tokens import is_token
from staff.pages.what_if import Draft, show
from staff.pages.what_if_asked import Question, asked, question_of
from staff.ports import Desk
from staff.visit import Here, Visit
from staff.what_ifs import Run

router = APIRouter()
_PATIENCE, _BREATH = 5.0, 0.1  # seconds that an answer waits for the run, and between two looks


@dataclass(frozen=True, slots=True)
class _Sent:
    texts: Mapping[str, str]
    pathway: str


@router.post("/replay/what-if")
async def what_if_draft(request: Request, visit: Here) -> Response:
    """The answer, or how far it is: sent again, the same text at the same moment goes on where it was."""
    await run_in_threadpool(visit.require, Action.READ_AGGREGATES)
    return await run_in_threadpool(_answer, visit, await _sent(request))


async def _sent(request: Request) -> _Sent:
    """The texts of the form; the file counts before what was typed. Browsers send line ends as CR LF."""
    async with request.form(max_files=1, max_fields=20, max_part_size=MOST_BYTES) as form:
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        uploaded = await file.read() if isinstance(file, UploadFile) and file.filename else b""
    content = uploaded.decode("utf-8", "replace") or texts.get("pathway", "")
    return _Sent(texts, content.replace("\r\n", "\n"))


def _answer(visit: Visit, sent: _Sent) -> Response:
    names = visit.may(Action.READ_SUPERVISION)
    question = replace(question_of(sent.texts, whole=not names), limits="", version="")
    pathways = [pathway for _, pathway in visit.parts.desk.pathways()]
    if not is_token(sent.texts.get("token", ""), visit.session, visit.parts.settings.secret):
        return show(visit, question, pathways, names, draft=Draft(sent.pathway, (visit.words("form.fault.expired"),)))
    if not sent.pathway.strip():
        return show(visit, question, pathways, names, draft=Draft("", (visit.words("whatif.draft-missing"),)))
    try:
        pathway = read_draft(visit.parts.desk, sent.pathway, pathways)
    except PathwayInvalid as error:
        return show(visit, question, pathways, names, draft=Draft(sent.pathway, error.problems))
    question = drafted(question, sent.pathway)
    if question.at is None or question.at > visit.now:
        question = replace(question, at=visit.now)
    run = waited_for(asked(visit.parts, question, ChangedPathway(pathway)))
    if run.failed is not None:
        raise run.failed
    return show(
        visit,
        question,
        [pathway, *pathways],
        names,
        draft=Draft(sent.pathway),
        found=run.found,
        done=run.done,
        total=run.total,
    )


def read_draft(desk: Desk, text: str, pathways: list[Pathway]) -> Pathway:
    """The pathway of a text. Raises `PathwayInvalid` with one line for each fault, and for a pathway nobody is on."""
    pathway = desk.read_pathway(text.encode("utf-8"))
    if all(each.pathway != pathway.pathway for each in pathways):
        known = ", ".join(each.pathway for each in pathways)
        raise PathwayInvalid("draft", (f"line 1: there is no pathway {pathway.pathway} here; there are: {known}",))
    return pathway


def drafted(question: Question, text: str) -> Question:
    """The question about this text."""
    return replace(question, draft=sha256(text.encode("utf-8")).hexdigest())


def waited_for(run: Run) -> Run:
    """The run, once it is over or this answer has waited long enough."""
    until = monotonic() + _PATIENCE
    while not run.is_over and monotonic() < until:
        sleep(_BREATH)
    return run
