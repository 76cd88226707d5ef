"""Free text of a mission's commands, sealed at the edge before it travels.

What is said about a client is sealed with the key of that client's journey, so that whoever erases the client erases
it too; the rest with the mission's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from domain.codes import StreamName
from domain.sealed import Compartment

Seal = Callable[[StreamName, UUID, Compartment, str, str], str]
"""Seals a text: kind and id of the stream whose key it is, compartment, path of the field, text."""


def sealed_fields(mission: UUID, fields: dict[str, Any], seal: Seal) -> dict[str, Any]:
    """The fields of a command with every free text sealed: `note`, the places of legs, the notes of reports.

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
