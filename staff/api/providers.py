"""The directory of providers over HTTP: an entry is taken in, changed, taken out (`putokaz provider …`)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.codes import StreamName
from domain.command import parse
from domain.errors import TextTooLong
from domain.provider.codes import InactiveReason, ProviderKind, ProviderStatus
from domain.provider.listing import ListProvider
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from staff.api.caller import Caller, Key, Parted
from staff.api.commands import INNER, PROBLEMS
from staff.api.problems import Problem, problem, refused
from staff.guard.permission import require
from staff.office import ProviderEntry
from staff.parts import Parts
from staff.ports import Person
from staff.sealing import sealed_command, sealing
from workflows.messages import AnswerKind

router = APIRouter()


class ProviderCommandBody(BaseModel):
    """`list-provider`, `change-provider`, `deactivate-provider`, `reactivate-provider`, of whose `pathway`'s catalogue.

    `identity` and `capacity` are plain text here; they are sealed before they travel.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: Annotated[str, Field(max_length=64, examples=["list-provider"])]
    pathway: Annotated[str, Field(max_length=64)] = "astra"
    body: Annotated[dict[str, Any], Field(examples=[{"provider_kind": "shelter", "country": "RS"}])] = {}


class ProviderAnswer(BaseModel):
    """What became of a command."""

    id: UUID
    code: str
    kind: AnswerKind
    version: int


class ProviderRow(BaseModel):
    """One entry of the directory; `identity` (name, how to reach it) and `capacity` None where erased."""

    id: UUID
    code: str
    version: int
    provider_kind: ProviderKind
    country: str
    languages: tuple[str, ...]
    services: tuple[str, ...]
    status: ProviderStatus
    inactive: InactiveReason | None
    identity: str | None
    capacity: str | None

    @classmethod
    def of(cls, entry: ProviderEntry) -> ProviderRow:
        state = entry.state
        return cls(
            id=entry.id,
            code=entry.code,
            version=state.version,
            provider_kind=state.kind,
            country=state.country,
            languages=state.languages,
            services=state.services,
            status=state.status,
            inactive=state.inactive,
            identity=entry.identity,
            capacity=entry.capacity,
        )


@router.get("/providers", summary="The directory of providers", responses={403: {"model": Problem}})
def get_providers(parts: Parted, person: Caller) -> list[ProviderRow]:
    """All of it: active or not."""
    _may_read(parts, person)
    return [ProviderRow.of(entry) for entry in parts.office.providers.listed()]


@router.get(
    "/providers/{provider}",
    summary="One provider",
    response_model=ProviderRow,
    responses={403: {"model": Problem}, 404: {"model": Problem}},
)
def get_provider(provider: UUID, parts: Parted, person: Caller) -> ProviderRow | Response:
    _may_read(parts, person)
    entry = parts.office.providers.find(provider)
    return problem(404, "not-found") if entry is None else ProviderRow.of(entry)


def _may_read(parts: Parts, person: Person) -> None:
    require(parts.rights, person.id, Action.READ_PROVIDERS)


@router.post(
    "/providers/{provider}/commands",
    summary="Take a provider in, change it, take it out",
    response_model=ProviderAnswer,
    responses=PROBLEMS,
)
async def give_provider_command(
    provider: UUID, body: ProviderCommandBody, parts: Parted, person: Caller, key: Key
) -> Response:
    """`list-provider` begins the entry under an id that the caller has made."""
    fields = dict(body.body)
    if body.kind == ListProvider.kind:
        pin = next((pin for pin, _ in parts.desk.pathways() if pin.name == body.pathway), None)
        if pin is None:
            return problem(422, "command-invalid", problems=["pathway: unknown"])
        fields["pin"] = pin.model_dump(mode="json")
    try:
        seal = sealing(parts.desk, provider, key, StreamName.PROVIDER)
        fields = await run_in_threadpool(sealed_command, body.kind, fields, seal)
    except TextTooLong as long:
        return problem(413, "text-too-long", problems=[f"{long.size} bytes; the limit is {long.limit}"])
    command = parse("" if body.kind in INNER else body.kind, fields)
    outcome = await parts.desk.submit(provider, command, command_id=key, actor=person.id, kind=StreamName.PROVIDER)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal)
    code = stream_code(StreamName.PROVIDER, provider)
    answer = ProviderAnswer(id=provider, code=code, kind=outcome.kind, version=outcome.version)
    return JSONResponse(answer.model_dump(mode="json"))
