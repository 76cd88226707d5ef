"""Part: an export is begun before its first byte is made, and made when the last one is: the log knows of both.

So whatever was interrupted on its way out is known as well, with who began it and for what.
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.export.codes import OF_TABLES, ExportFormat, ExportPurpose, ExportTable, has_periods
from domain.export.register import begins, decides, evolves, opens
from domain.export.state import Export, MadeFile
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import Count, Sha256


class ExportBegun(Event, topic="export.begun"):
    """Somebody takes cases along, as known when the event at `last_position` was recorded. `note`: why, as typed.

    `since` and `before` are local days of the pathway's zone: of the journeys opened in that period, and as a calendar
    of the hearings in it. `before` is not in it.
    """

    pin: Pin
    format: ExportFormat
    table: ExportTable | None = None
    purpose: ExportPurpose
    known_at: AwareDatetime
    last_position: Count
    note: Sealed[Notes] | None = None
    since: date | None = None
    before: date | None = None


class ExportMade(Event, topic="export.made"):
    """The file is whole. By `sha256` it can be said of any file whether it is this one."""

    rows: Count
    size: Count
    sha256: Sha256


class BeginExport(Command, kind="begin-export"):
    """Asks for an export. `pin`: by whose zone its days are read."""

    pin: Pin
    format: ExportFormat
    table: ExportTable | None = None
    purpose: ExportPurpose
    known_at: AwareDatetime
    last_position: Count
    note: Sealed[Notes] | None = None
    since: date | None = None
    before: date | None = None


class CompleteExport(Command, kind="complete-export"):
    """Says what was made."""

    rows: Count
    size: Count
    sha256: Sha256


@opens(BeginExport)
def _begin(command: BeginExport, surroundings: Surroundings) -> Decision:
    if command.known_at > surroundings.now or command.last_position == 0:
        return Refused(code=RefusalCode.NOTHING_TO_EXPORT)
    if (command.format in OF_TABLES) is not (command.table is not None):
        return Refused(code=RefusalCode.EXPORT_WITHOUT_TABLE)
    if not _is_period(command):
        return Refused(code=RefusalCode.EXPORT_WITHOUT_PERIOD)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return (ExportBegun(**fields),)


def _is_period(command: BeginExport) -> bool:
    """Whether the period has a day, where one is named, and the format can be of one."""
    if command.since is None and command.before is None:
        return True
    is_empty = command.since is not None and command.before is not None and command.since >= command.before
    return not is_empty and has_periods(command.format, command.table)


@decides(CompleteExport, in_every_phase=True)
def _complete(export: Export, command: CompleteExport, _: Surroundings) -> Decision:
    if export.made is None:
        return (ExportMade(rows=command.rows, size=command.size, sha256=command.sha256),)
    return () if export.made.sha256 == command.sha256 else Refused(code=RefusalCode.EXPORT_MADE)


@begins(ExportBegun)
def _begun(recorded: Recorded[ExportBegun]) -> Export:
    event = recorded.event
    return Export(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        begun_at=recorded.recorded_at,
        changed_at=recorded.recorded_at,
        by=recorded.actor,
        format=event.format,
        table=event.table,
        purpose=event.purpose,
        known_at=event.known_at,
        last_position=event.last_position,
        since=event.since,
        before=event.before,
    )


@evolves(ExportMade)
def _made(export: Export, recorded: Recorded[ExportMade]) -> Export:
    event = recorded.event
    return replace(export, made=MadeFile(event.rows, event.size, event.sha256, recorded.recorded_at))
