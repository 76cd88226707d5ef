"""Free text of commands, sealed at the edge before it travels: one piece for the API and the command line.

What is said about a client within a mission is sealed with the key of that client's journey, so that whoever erases the
client erases it too; everything else with the key of the stream that the command is for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.codes import StreamName
from domain.command import CommandInvalid, sealed_fields, texts_to_seal
from domain.sealed import Compartment
from staff.ports import Desk

SealField = Callable[[Compartment, str, str], str]
"""Seals a text of one command: compartment, field, text."""
Seal = Callable[[StreamName, UUID, Compartment, str, str], str]
"""Seals a text: kind and id of the stream whose key it is, compartment, path of the field, text."""


def sealing(desk: Desk, stream: UUID, command_id: UUID, kind: StreamName = StreamName.JOURNEY) -> SealField:
    """Seals for one command with the key of its stream. Raises `TextTooLong`, `VaultUnavailable`."""

    def seal(compartment: Compartment, field: str, text: str) -> str:
        return desk.seal(stream, compartment, field=field, command_id=command_id, text=text, kind=kind)

    return seal


def sealed_command(
    kind: str, fields: Mapping[str, Any], seal: SealField, texts: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """The fields of a command with every free text sealed, among them or in `texts`; a blank one is left out.

    Raises `CommandInvalid` for a text that the command has no place for, and what `seal` raises.
    """
    places = {**sealed_fields(kind), "note": Compartment.NOTES}
    free = {**texts_to_seal(kind, fields), **texts}
    if unknown := sorted(set(free) - set(places)):
        raise CommandInvalid(kind, tuple(f"texts.{name}: no such free text here" for name in unknown))
    rest = {name: value for name, value in fields.items() if name not in free}
    return rest | {name: seal(places[name], name, text) for name, text in free.items() if text.strip()}


def sealed_mission(mission: UUID, fields: dict[str, Any], seal: Seal) -> dict[str, Any]:
    """The fields of a mission's command with every free text sealed: `note`, the places of legs, the notes of reports.

    Raises `ValueError` for a journey that is no id, `TextTooLong`, `VaultUnavailable`.
    """
    sealed = dict(fields)
    if text := _text(sealed.get("note")):
        sealed["note"] = seal(StreamName.MISSION, mission, Compartment.NOTES, "note", text)
    for name, compartment, inner in (
        ("legs", Compartment.IDENTITY, ("start", "end")),
        ("reports", Compartment.NOTES, ("note",)),
    ):
        items = sealed.get(name)
        if isinstance(items, list):
            sealed[name] = [
                _item(mission, each, f"{name}.{n}", compartment, inner, seal) for n, each in enumerate(items)
            ]
    return sealed


def _item(mission: UUID, item: Any, path: str, compartment: Compartment, names: tuple[str, ...], seal: Seal) -> Any:
    if not isinstance(item, dict):
        return item
    journey = item.get("journey")
    kind, stream = (StreamName.JOURNEY, UUID(str(journey))) if journey else (StreamName.MISSION, mission)
    texts = {name: text for name in names if (text := _text(item.get(name)))}
    return item | {name: seal(kind, stream, compartment, f"{path}.{name}", text) for name, text in texts.items()}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
