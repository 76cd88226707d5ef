"""`putokaz provider list | add | change | deactivate | reactivate`: the directory of providers.

The list is read from the log itself: a directory is small, and nothing else needs it as a table yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from domain.codes import SYSTEM_ACTOR, StreamName
from domain.command import parse, to_wire
from domain.errors import KeyDestroyed, SealBroken
from domain.event import Event, Recorded
from domain.provider.codes import InactiveReason, ProviderKind, ProviderStatus
from domain.provider.listing import (
    ChangeProvider,
    DeactivateProvider,
    ListProvider,
    ReactivateProvider,
)
from domain.provider.state import Provider, provider_stream
from domain.sealed import Compartment
from domain.stream.naming import code_prefix_of, stream_code
from domain.streams import PROVIDER, id_of
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from worker.parts import Parts

_PAGE = 5000
"""Positions of the log that are looked through at once."""

Which = Annotated[str, typer.Argument(help="Code (PV-…) or id of the provider.")]
Kind = Annotated[ProviderKind | None, typer.Option("--kind", help="What sort of body it is.")]
Country = Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2: RS, ME, …")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="BCP 47, repeated: sr-Latn, sq, rom.")]
Services = Annotated[list[str] | None, typer.Option("--service", help="Code of the catalogue, repeated.")]
Identity_ = Annotated[
    str | None, typer.Option("--identity", help="Name, address, telephone; sealed before it travels.")
]
Capacity = Annotated[str | None, typer.Option("--capacity", help="How much they can take; sealed before it travels.")]
Actor = Annotated[UUID, typer.Option(help="Who decides: the id of a member of staff.")]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A provider with its history: the sealed texts open with the command that sealed them."""

    state: Provider
    history: tuple[Recorded[Event], ...]

    @property
    def code(self) -> str:
        return stream_code(StreamName.PROVIDER, id_of(self.state.stream))

    def text(self, parts: Parts, field: str, compartment: Compartment) -> str:
        """The latest text of a field, opened; a word in brackets where it cannot be."""
        from worker.providers import text_of

        try:
            return text_of(parts.sealer, self.state.stream, self.history, field, compartment)
        except KeyDestroyed:
            return "(erased)"
        except SealBroken:
            return "(cannot be opened)"


def _entries(parts: Parts) -> Iterator[_Entry]:
    """Every provider, oldest first."""
    position, streams, prefix = 0, dict[str, None](), f"{StreamName.PROVIDER.value}-"
    while (page := parts.log.changed_streams(position, _PAGE)).position > position:
        streams |= dict.fromkeys(stream for stream in page.heads if stream.startswith(prefix))
        position = page.position
    for stream in streams:
        history = tuple(parts.log.load(stream).history)
        state = PROVIDER.fold(history)
        if state is not None:
            yield _Entry(state, history)


def _find(parts: Parts, which: str) -> _Entry:
    """The one that is meant. Ends the command where there is none, or more than one."""
    code = code_prefix_of(StreamName.PROVIDER, which)
    found = [
        e for e in _entries(parts) if str(id_of(e.state.stream)) == which.lower() or (code and e.code.startswith(code))
    ]
    if not found:
        fail(f"no provider is called {which}; `putokaz provider list` shows them", Exit.WRONG)
    if len(found) > 1:
        fail(f"{len(found)} providers have this code; give the id", Exit.USAGE)
    return found[0]


@plainly
def list_command(
    service: Annotated[str | None, typer.Option(help="Only who offers it.")] = None,
    language: Annotated[str | None, typer.Option(help="Only who speaks it.")] = None,
    inactive: Annotated[bool, typer.Option("--inactive", help="Those taken out as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the directory: who gives what, where, in which languages."""
    from worker.parts import opened

    rows: list[dict[str, Any]] = []
    with opened(settings_here(), connections=1) as parts:
        for entry in _entries(parts):
            state = entry.state
            active = state.status is ProviderStatus.ACTIVE
            if (service and service not in state.services) or (language and language not in state.languages):
                continue
            if active or inactive:
                rows.append(
                    {
                        "code": entry.code,
                        "id": id_of(state.stream),
                        "identity": entry.text(parts, "identity", Compartment.IDENTITY),
                        "kind": state.kind,
                        "country": state.country,
                        "languages": state.languages,
                        "services": state.services,
                        "status": state.status,
                        "capacity": entry.text(parts, "capacity", Compartment.NOTES),
                        "version": state.version,
                    }
                )
    if as_json:
        show_json(rows)
        return
    columns = ("code", "identity", "kind", "country", "languages", "services", "status")
    listed = ("languages", "services")
    show_table(columns, ([", ".join(r[c]) if c in listed else r[c] for c in columns] for r in rows), total=len(rows))


@plainly
def add_command(
    kind: Annotated[ProviderKind, typer.Option("--kind", help="What sort of body it is.")],
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2: RS, ME, …")] = "RS",
    language: Languages = None,
    service: Services = None,
    identity: Identity_ = None,
    capacity: Capacity = None,
    pathway: Annotated[str, typer.Option(help="Whose catalogue the services are of.")] = "astra",
    actor: Actor = SYSTEM_ACTOR,
    as_json: AsJson = False,
) -> None:
    """Take a provider into the directory."""
    from worker.parts import opened

    provider, command_id = uuid4(), uuid4()
    with opened(settings_here(), connections=1) as parts:
        fields: dict[str, Any] = {
            "pin": parts.pathways.latest(pathway).pin.model_dump(mode="json"),
            "provider_kind": kind.value,
            "country": country,
            "languages": language or [],
            "services": service or [],
            "identity": identity,
            "capacity": capacity,
        }
        _give(parts, provider, ListProvider.kind, fields, command_id, actor, as_json)


@plainly
def change_command(
    which: Which,
    kind: Kind = None,
    country: Country = None,
    language: Languages = None,
    service: Services = None,
    identity: Identity_ = None,
    capacity: Capacity = None,
    actor: Actor = SYSTEM_ACTOR,
    as_json: AsJson = False,
) -> None:
    """Change an entry; what is left out stays as it was."""
    from worker.parts import opened

    command_id = uuid4()
    with opened(settings_here(), connections=1) as parts:
        provider = id_of(_find(parts, which).state.stream)
        fields: dict[str, Any] = {
            "provider_kind": kind.value if kind else None,
            "country": country,
            "languages": language or None,
            "services": service or None,
            "identity": identity,
            "capacity": capacity,
        }
        _give(parts, provider, ChangeProvider.kind, fields, command_id, actor, as_json)


@plainly
def deactivate_command(
    which: Which,
    reason: Annotated[InactiveReason, typer.Option(help="Why.")] = InactiveReason.OTHER,
    actor: Actor = SYSTEM_ACTOR,
    as_json: AsJson = False,
) -> None:
    """Take a provider out: nobody is referred to it any more."""
    from worker.parts import opened

    with opened(settings_here(), connections=1) as parts:
        provider = id_of(_find(parts, which).state.stream)
        _give(parts, provider, DeactivateProvider.kind, {"reason": reason.value}, uuid4(), actor, as_json)


@plainly
def reactivate_command(which: Which, actor: Actor = SYSTEM_ACTOR, as_json: AsJson = False) -> None:
    """Take a provider up again."""
    from worker.parts import opened

    with opened(settings_here(), connections=1) as parts:
        provider = id_of(_find(parts, which).state.stream)
        _give(parts, provider, ReactivateProvider.kind, {}, uuid4(), actor, as_json)


def _give(
    parts: Parts, provider: UUID, kind: str, fields: dict[str, Any], command_id: UUID, actor: UUID, as_json: bool
) -> None:
    """Decides directly: a provider has no workflow that would have to know."""
    from staff.sealing import sealed_command
    from worker.cli.sealing import sealing_for
    from workflows.messages import Order

    stream, given = provider_stream(provider), {name: value for name, value in fields.items() if value is not None}
    command = parse(kind, sealed_command(kind, given, sealing_for(parts, stream, command_id)))
    order = Order(stream=stream, command_id=command_id, actor=actor, command=to_wire(command))
    answer = parts.recorder.record(order).answer
    code = stream_code(StreamName.PROVIDER, provider)
    if as_json:
        show_json({"code": code, "id": provider, "answer": answer.kind, "refusal": answer.refusal})
    else:
        out.print(f"{code}  {provider}  {answer.kind.value}" + (f"  {answer.refusal}" if answer.refusal else ""))
    if answer.refusal:
        raise typer.Exit(Exit.REFUSED)


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    provider = typer.Typer(help="Who gives services besides us, here and abroad.", no_args_is_help=True)
    provider.command("list")(list_command)
    provider.command("add")(add_command)
    provider.command("change")(change_command)
    provider.command("deactivate")(deactivate_command)
    provider.command("reactivate")(reactivate_command)
    parent.add_typer(provider, name="provider", rich_help_panel="Work")
