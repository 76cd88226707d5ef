"""The free texts of a command that is given on the command line, sealed as the API seals them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from worker.settings import Settings

if TYPE_CHECKING:
    from domain.command import Command
    from staff.sealing import SealField
    from worker.parts import Parts


def sealing_for(parts: Parts, stream: str, command_id: UUID) -> SealField:
    """Seals for one command with the key of its stream."""

    def seal(compartment: Any, field: str, text: str) -> str:
        sealed = parts.sealer.seal(text, stream=stream, compartment=compartment, field=field, command_id=command_id)
        return sealed.text

    return seal


def command_for(settings: Settings, stream: str, kind: str, fields: Mapping[str, Any], command_id: UUID) -> Command:
    """The command, its texts sealed; the vault is left alone where there is none. Raises `CommandInvalid`."""
    from domain.command import parse, texts_to_seal
    from staff.sealing import sealed_command
    from worker.parts import opened

    if not texts_to_seal(kind, fields):
        return parse(kind, dict(fields))
    with opened(settings, connections=1) as parts:
        return parse(kind, sealed_command(kind, fields, sealing_for(parts, stream, command_id)))
