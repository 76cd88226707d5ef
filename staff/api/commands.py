"""Commands over HTTP: open a journey, give it a command, or ask what a command would do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.command import Command, CommandInvalid, parse, texts_to_seal
from domain.errors import TextTooLong
from domain.journey.document.parts import FILING_COMMANDS
from domain.journey.emergency.access import OpenEmergencyAccess
from domain.journey.naming import journey_code
from domain.journey.opening import OpenJourney
from domain.refusal import RefusalCode
from projections.names import PRESENT
from projections.status import wait
from staff.api.caller import Caller, Key, Parted
from staff.api.models import CommandAnswer, CommandBody, OpeningBody, PreviewAnswer
from staff.api.problems import Problem, problem, refused
from staff.guard.step_up import require_step_up_of
from staff.parts import Parts
from staff.ports import Person
from staff.sealing import sealed_command, sealing

router = APIRouter()
INNER = frozenset(
    {
        "fire-rung",
        "acknowledge-relay",
        "mirror-link",
        "mirror-unlink",
        "absorb-duplicate",
        "release-duplicate",
        "link-contact",
        "unlink-contact",
        "note-mission",
        "take-over",
        "find-work",
        "begin-export",
        "complete-export",
        "release-table",
    }
)
"""Commands that only the engine gives: timers, other journeys, and whatever makes a file or a table that leaves."""
PROBLEMS: dict[int | str, dict[str, object]] = {
    403: {"model": Problem, "description": "Not theirs to give"},
    404: {"model": Problem},
    409: {"model": Problem, "description": "Refused, with code and reasons"},
    413: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem, "description": "Not reachable; the same request may be repeated"},
}
WITH_A_FILE = frozenset(command.kind for command in FILING_COMMANDS)
"""Given with their file only, at `/journeys/{journey}/documents`."""
_JOURNEYS = UUID("8f0f6a1e-35a1-4f0c-9d1b-5d1c5a7f2b11")


@router.post("/journeys", status_code=201, summary="Open a journey", response_model=CommandAnswer, responses=PROBLEMS)
async def open_journey(body: OpeningBody, parts: Parted, person: Caller, key: Key) -> Response:
    """The same key opens the same journey: without `journey`, its id is derived from the key."""
    pin = next((pin for pin, _ in parts.desk.pathways() if pin.name == body.pathway), None)
    if pin is None:
        known = ", ".join(sorted(pin.name for pin, _ in parts.desk.pathways()))
        return problem(422, "command-invalid", problems=[f"pathway: unknown; known are {known}"])
    journey = body.journey or uuid5(_JOURNEYS, str(key))
    fields = body.model_dump(mode="json", include={"caseworker", "occurred_at"}, exclude_none=True)
    fields["pin"] = pin.model_dump(mode="json")
    return await _give(parts, person, journey, OpenJourney.kind, fields, body.note, key, status=201)


@router.post("/journeys/{journey}/commands", summary="Give a command", response_model=CommandAnswer, responses=PROBLEMS)
async def give_command(
    journey: UUID, body: CommandBody, parts: Parted, person: Caller, key: Key, request: Request
) -> Response:
    """`body` are the fields of the command (`GET /commands` lists them).

    `open-emergency-access` asks for a proof within the last five minutes, `step-up-needed` without: `/step-up`
    takes it.
    """
    if body.kind == OpenEmergencyAccess.kind:
        await run_in_threadpool(require_step_up_of, request)
    return await _give(parts, person, journey, body.kind, body.body, body.note, key, texts=body.texts)


@router.post(
    "/journeys/{journey}/preview",
    summary="What a command would do",
    response_model=PreviewAnswer,
    responses={422: {"model": Problem}},
)
async def preview_command(journey: UUID, body: CommandBody, parts: Parted, person: Caller) -> Response:
    """Nothing is recorded. A refusal is part of the answer here, not a problem."""
    texts = texts_to_seal(body.kind, body.body)
    fields = {name: value for name, value in body.body.items() if name not in texts}
    command = _command(body.kind, fields)
    foreseen = await parts.desk.preview(journey, command, actor=person.id)
    answer = PreviewAnswer(
        events=[{"topic": e.topic, **e.model_dump(mode="json", exclude_none=True)} for e in foreseen.events],
        refusal=foreseen.refusal,
    )
    return JSONResponse(answer.model_dump(mode="json"))


def _command(kind: str, fields: dict[str, Any]) -> Command:
    """The command. Raises `CommandInvalid`; those of the engine itself are unknown here."""
    command = parse("" if kind in INNER else kind, fields)
    if kind in WITH_A_FILE:
        raise CommandInvalid(kind, ("a document is filed with its file: POST /journeys/{journey}/documents",))
    return command


async def _give(
    parts: Parts,
    person: Person,
    journey: UUID,
    kind: str,
    fields: dict[str, Any],
    note: str | None,
    key: UUID,
    *,
    status: int = 200,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    said = {**texts, **({"note": note} if note else {})}
    try:
        sealed = await run_in_threadpool(sealed_command, kind, fields, sealing(parts.desk, journey, key), said)
    except TextTooLong as long:
        return problem(413, "text-too-long", problems=[f"{long.size} bytes; the limit is {long.limit}"])
    command = _command(kind, sealed)
    outcome = await parts.desk.submit(journey, command, command_id=key, actor=person.id)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal, RefusalCode.UNKNOWN_JOURNEY)
    visible = outcome.position is None or await run_in_threadpool(
        wait, parts.reader, PRESENT, outcome.position, parts.settings.patience
    )
    answer = CommandAnswer(
        journey=journey,
        code=journey_code(journey),
        kind=outcome.kind,
        version=outcome.version,
        position=outcome.position,
        visible=visible,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return JSONResponse(answer.model_dump(mode="json"), status)
