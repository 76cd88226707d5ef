"""How far an export is, for whom it is whose; and its file, as it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from starlette.responses import FileResponse, Response

from domain.export.codes import ExportFormat
from domain.export.state import Export
from staff.exports.runs import Run
from staff.exports.shelf import Found
from staff.pages.exporting import attached
from staff.parts import Parts

_ENDINGS = {
    ExportFormat.OCEL_JSON: "jsonocel",
    ExportFormat.OCEL_SQLITE: "sqlite",
    ExportFormat.XES: "xes",
    ExportFormat.CSV: "csv",
    ExportFormat.PARQUET: "parquet",
    ExportFormat.HTCDS: "htcds.csv",
    ExportFormat.CTDC: "ctdc.csv",
    ExportFormat.ICAL: "ics",
}
"""How the name of each file ends."""
MEDIA_TYPE = "application/octet-stream"


class ExportState(StrEnum):
    """READY: its file can be fetched by whoever had it made. MADE: it is not here, or not any more."""

    UNDER_WAY = "under-way"
    INTERRUPTED = "interrupted"
    READY = "ready"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Shown:
    """`run`: how far the last try of this process is, where there was one."""

    export: Export
    state: ExportState
    run: Run | None
    is_mine: bool


def shown(parts: Parts, export: Export, person: UUID) -> Shown:
    """As this person may see it: what was made for others is not theirs to fetch."""
    mine = export.by == person
    run = parts.exports.find(export.id) if mine else None
    return Shown(export, _state(parts, export, mine), run, mine)


def _state(parts: Parts, export: Export, mine: bool) -> ExportState:
    found = parts.exports.shelf.find(export.id) if mine else Found.NOTHING
    if found is Found.FILE and export.made is not None:
        return ExportState.READY
    if found is Found.DRAFT and parts.exports.is_under_way(export.id):
        return ExportState.UNDER_WAY
    if export.made is not None and found is Found.NOTHING:
        return ExportState.MADE
    return ExportState.UNDER_WAY if mine and parts.exports.is_under_way(export.id) else ExportState.INTERRUPTED


def name_of(export: Export) -> str:
    """The name of its file: what it is of, and up to which position of the log."""
    return f"{(export.table or export.format).value}-{export.last_position}.{_ENDINGS[export.format]}"


def sent(parts: Parts, export: Export) -> Response | None:
    """The file; None where it is not there any more. A part of it is sent where one is asked for (RFC 9110 §14).

    Its ETag is the SHA-256 that the log has, so a download that broke off goes on with the same file or begins anew.
    """
    if export.made is None or parts.exports.shelf.find(export.id) is not Found.FILE:
        return None
    headers = {**attached(name_of(export)), "etag": f'"{export.made.sha256}"', "cache-control": "no-store"}
    return FileResponse(parts.exports.shelf.file(export.id).target, headers=headers, media_type=MEDIA_TYPE)
