"""An export from asking to its name: begun in the log, made beside its place, told to the log, put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from analysis.exports.cut import Cut, cut_at
from analysis.exports.making import Checkpoint, ExportFile, Made, Watch, unwatched
from analysis.exports.plan import Plan
from domain.command import Command, to_wire
from domain.errors import PutokazError
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.export.making import BeginExport, CompleteExport
from domain.export.state import export_stream
from domain.refusal import Refused
from domain.sealed import Compartment, Notes, Sealed
from projections.my_day.appointments import AppointmentRow
from projections.reader import Reader
from worker.feeds import calendar_file
from worker.parts import Parts
from workflows.messages import Order

PATIENCE = 60.0
"""Seconds that an export waits for its database in the middle of its work."""
_NOTE = "note"


class ExportRefused(PutokazError):
    """It is not theirs to make, or it cannot be made so: `refusal` says why."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(f"refused: {refusal.code.value}")
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: as known at an instant, now where none is named. `reason`: why, in their words.

    `since`, `before`: of which period, in local days of the pathway's zone.
    """

    format: ExportFormat
    table: ExportTable | None
    purpose: ExportPurpose
    actor: UUID
    pathway: str
    at: datetime | None = None
    reason: str | None = None
    since: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made. `left_out`: events or journeys that this release cannot read, and that are not in the file."""

    export: UUID
    format: ExportFormat
    cut: Cut
    made: Made
    left_out: int


class Exporting:
    """Makes exports with the parts of a process. `reader` needs patience: a file may take an hour.

    `link` makes the address of a journey's page from its code.
    """

    def __init__(self, parts: Parts, reader: Reader, link: Callable[[str], str]) -> None:
        self._parts = parts
        self._reader = reader
        self._link = link

    def begin(self, wanted: Wanted, target: Path, watch: Watch = unwatched) -> Exported:
        """Begins anew. Raises `ExportRefused`, `ExportInvalid`, `ExportNotLevel`, `Unavailable`."""
        export = uuid4()
        cut = cut_at(self._reader, wanted.at or self._parts.log.now())
        pinned = self._parts.pathways.latest(wanted.pathway)
        begin = BeginExport(
            pin=pinned.pin,
            format=wanted.format,
            table=wanted.table,
            purpose=wanted.purpose,
            known_at=cut.known_at,
            last_position=cut.position,
            note=self._sealed(export, wanted.reason),
            since=wanted.since,
            before=wanted.before,
        )
        self._record(export, begin, wanted.actor)
        plan = Plan(
            export, wanted.actor, wanted.format, wanted.table, cut, pinned.pathway.zone, wanted.since, wanted.before
        )
        file = ExportFile(target)
        return self._make(file, file.begin(plan.texts()), watch)

    def resume(self, target: Path, watch: Watch = unwatched) -> Exported:
        """Goes on where it was interrupted, to the same bytes. Raises `ExportNotResumed` and what `begin` raises."""
        file = ExportFile(target)
        return self._make(file, file.interrupted(), watch)

    def _make(self, file: ExportFile, checkpoint: Checkpoint, watch: Watch) -> Exported:
        plan = Plan.read(checkpoint.plan)
        pathways = self._parts.pathways
        log, maker = plan.maker(self._reader, lambda pin: pathways.find(pin).pathway, self._calendar)

        def settle(made: Made) -> None:
            self._record(plan.export, CompleteExport(rows=made.rows, size=made.size, sha256=made.sha256), plan.actor)

        made = file.make(maker, checkpoint, settle=settle, watch=watch)
        return Exported(plan.export, plan.format, plan.cut, made, log.left_out)

    def _calendar(self, locale: str, rows: Sequence[AppointmentRow], now: datetime) -> bytes:
        return calendar_file(rows, self._link, locale=locale, now=now)

    def _record(self, export: UUID, command: Command, actor: UUID) -> None:
        """Decides directly: an export has no workflow that would have to know."""
        order = Order(
            stream=export_stream(export),
            command_id=_command_id(export, command),
            actor=actor,
            command=to_wire(command),
        )
        answer = self._parts.recorder.record(order).answer
        if answer.refusal:
            raise ExportRefused(Refused.model_validate_json(answer.refusal))

    def _sealed(self, export: UUID, reason: str | None) -> Sealed[Notes] | None:
        if not reason or not reason.strip():
            return None
        return self._parts.sealer.seal(
            reason.strip(),
            stream=export_stream(export),
            compartment=Compartment.NOTES,
            field=_NOTE,
            command_id=uuid5(export, BeginExport.kind),
        )


def _command_id(export: UUID, command: Command) -> UUID:
    """The same for every try at the same thing: another file under the same export is another thing, and refused."""
    if isinstance(command, CompleteExport):
        return uuid5(export, f"{command.kind}|{command.sha256}")
    return uuid5(export, command.kind)
