"""A sheet that becomes a command of a stream: foreseen by its decider, sealed at the edge, recorded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from domain.codes import StreamName
from domain.command import parse, sealed_fields
from domain.refusal import RefusalCode, Refused
from staff.forms.entry import Entry
from staff.forms.sheet import Foresee, Hindered, Save, Saved
from staff.pages.acting import seen_by_all
from staff.pages.consequences import Consequence, Mark
from staff.pages.explaining import explain
from staff.sealing import sealed_command, sealing
from staff.titles import Titles
from staff.visit import Visit
from workflows.messages import AnswerKind

Body = Callable[[Entry], Mapping[str, Any] | None]
"""The fields of the command, free texts as typed; None where the entry has faults."""
Now = Callable[[], tuple[tuple[str, ...], str]]
"""What is recorded now, in words, and its version: for somebody who was not first."""


def telling(
    visit: Visit,
    stream: StreamName,
    about: UUID,
    kind: str,
    body: Body,
    *,
    there: str,
    says: Callable[[Entry], list[str]],
    now: Now | None = None,
) -> tuple[Foresee, Save]:
    """The two halves of a sheet. `says`: what would be recorded, as sentences; `there`: the page to go on to."""

    async def foresee(entry: Entry, seen: str) -> list[Consequence] | Hindered | None:
        fields = body(entry)
        if fields is None or entry.faults:
            return None
        texts = {name for name in sealed_fields(kind) if fields.get(name)}  # nothing is sealed that is not recorded
        bare = {name: value for name, value in fields.items() if name not in sealed_fields(kind)}
        command = parse(kind, _with_seen(bare, seen))
        foreseen = await visit.parts.desk.preview(about, command, actor=visit.person.id, kind=stream)
        if foreseen.refusal is not None:
            return await run_in_threadpool(_hindered, visit, foreseen.refusal, now)
        return [Consequence(Mark.NOTED, text) for text in says(entry)] if foreseen.events or texts else []

    async def save(entry: Entry, seen: str, command_id: UUID) -> Saved | Hindered | None:
        fields = body(entry)
        if fields is None or entry.faults:
            return None
        sealed = await run_in_threadpool(_sealed, visit, stream, about, kind, fields, command_id)
        command = parse(kind, _with_seen(sealed, seen))
        outcome = await visit.parts.desk.submit(
            about, command, command_id=command_id, actor=visit.person.id, kind=stream
        )
        visit.parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
        if outcome.refusal is not None:
            return await run_in_threadpool(_hindered, visit, outcome.refusal, now)
        late = not await run_in_threadpool(seen_by_all, visit, outcome)
        return Saved(there, outcome.kind is AnswerKind.NOTHING, late, outcome.reminders_resume_later)

    return foresee, save


def _sealed(
    visit: Visit, stream: StreamName, about: UUID, kind: str, fields: Mapping[str, Any], command_id: UUID
) -> dict[str, Any]:
    return sealed_command(kind, fields, sealing(visit.parts.desk, about, command_id, stream))


def _with_seen(fields: Mapping[str, Any], seen: str) -> dict[str, Any]:
    return {**fields, "seen": int(seen)} if seen.isdecimal() else dict(fields)


def _hindered(visit: Visit, refusal: Refused, now: Now | None) -> Hindered:
    _, pathway = visit.parts.desk.pathways()[0]
    explanation = explain(refusal, Titles(pathway, visit.words))
    if refusal.code is not RefusalCode.PART_CHANGED or now is None:
        return Hindered(explanation)
    lines, version = now()
    return Hindered(explanation, lines, version)
