"""Beginning an export from a page or over HTTP, and going on with one: each key is one export."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from starlette.concurrency import run_in_threadpool

from analysis.exports.cut import cut_at, require_level
from analysis.exports.plan import Plan
from domain.codes import StreamName
from domain.command import Command, parse
from domain.errors import PutokazError
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.export.kind import EXPORT
from domain.export.making import BeginExport
from domain.export.state import Export, export_stream
from domain.pathway.model import Pathway, Pin
from domain.refusal import Refused
from staff.exports.runs import Workshop
from staff.parts import Parts
from staff.sealing import sealed_command, sealing
from staff.visit import Visit

_EXPORTS = UUID("5b0f0d5e-8a53-4b39-9d6e-2f6f3c1c7a44")


class NoSuchPathway(PutokazError):
    """The pathway by whose zone days are to be read is not published here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for. `known_at`: as known then, now where nothing is said; `reason`: why, in their words."""

    format: ExportFormat
    table: ExportTable | None
    purpose: ExportPurpose
    reason: str | None = None
    known_at: datetime | None = None
    since: date | None = None
    before: date | None = None
    pathway: str | None = None


def export_of(person: UUID, key: UUID) -> UUID:
    """The export that a person begins under a key."""
    return uuid5(_EXPORTS, f"{person}|{key}")


def find_export(parts: Parts, export: UUID) -> Export | None:
    """As the log has it; None where nothing of the kind was begun."""
    return EXPORT.fold(parts.desk.history(export_stream(export)))


async def begin(visit: Visit, wanted: Wanted, key: UUID) -> Export | Refused:
    """Begins it in the log and has it made; the same key again goes on with the same one, whatever is asked with it.

    Raises `ExportInvalid`, `ExportNotLevel`, `NoSuchPathway`, `Unavailable`, `VaultUnavailable`.
    """
    parts, export = visit.parts, export_of(visit.person.id, key)
    found = await run_in_threadpool(find_export, parts, export)
    if found is None:
        command = await run_in_threadpool(_command, visit, wanted, export, key)
        outcome = await parts.desk.submit(
            export, command, command_id=key, actor=visit.person.id, kind=StreamName.EXPORT
        )
        if outcome.refusal is not None:
            return outcome.refusal
        found = await run_in_threadpool(find_export, parts, export)
        assert found is not None
    await go_on(visit, found)
    return found


async def go_on(visit: Visit, export: Export) -> None:
    """Sees to it that the file is made, if it is the person's own. Raises `Unavailable`, `PathwayMissing`."""
    parts = visit.parts
    if export.by != visit.person.id or not can_be_gone_on_with(parts, export):
        return
    plan = Plan.of(export, parts.desk.pathway(export.pin).zone, visit.words.locale.value)
    workshop = Workshop(parts.desk, parts.reader, parts.feeds)
    await run_in_threadpool(parts.exports.go_on, plan, workshop, asyncio.get_running_loop())


def can_be_gone_on_with(parts: Parts, export: Export) -> bool:
    """One that the log has as made is made again only to put the file in its place, where that was all it lacked."""
    return export.made is None or parts.exports.has_draft(export.id)


def preview(visit: Visit, wanted: Wanted) -> BeginExport:
    """The command as it would be given, without its reason: nothing is sealed for it. Raises what `begin` does."""
    return BeginExport.model_validate(_fields(visit, wanted))


def _command(visit: Visit, wanted: Wanted, export: UUID, key: UUID) -> Command:
    fields = {name: value for name, value in _fields(visit, wanted).items() if value is not None}
    seal = sealing(visit.parts.desk, export, key, StreamName.EXPORT)
    return parse(
        BeginExport.kind,
        sealed_command(BeginExport.kind, fields, seal, {"note": wanted.reason} if wanted.reason else {}),
    )


def _fields(visit: Visit, wanted: Wanted) -> dict[str, Any]:
    pin, _ = _pathway(visit, wanted.pathway)
    cut = cut_at(visit.parts.reader, wanted.known_at or visit.now)
    require_level(visit.parts.reader, cut)
    return {
        "pin": pin.model_dump(mode="json"),
        "format": wanted.format,
        "table": wanted.table,
        "purpose": wanted.purpose,
        "known_at": cut.known_at.isoformat(),
        "last_position": cut.position,
        "since": wanted.since.isoformat() if wanted.since else None,
        "before": wanted.before.isoformat() if wanted.before else None,
    }


def _pathway(visit: Visit, name: str | None) -> tuple[Pin, Pathway]:
    found = visit.parts.desk.pathways()
    for pin, pathway in found:
        if name in (None, pin.name):
            return pin, pathway
    raise NoSuchPathway(name or "")
