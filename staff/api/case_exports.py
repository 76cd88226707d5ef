"""Exports of cases over HTTP: begun in the log before the first byte, made when the last one is on its way."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import Response, StreamingResponse

from analysis.exports.cut import Cut, LogReader, cut_at, require_level
from analysis.exports.errors import ExportInvalid, ExportNotLevel
from analysis.exports.formats import maker_of
from analysis.exports.making import ExportFile, Maker, Streamed
from analysis.exports.pseudonyms import Pseudonyms, new_key
from domain.codes import StreamName
from domain.command import parse
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.export.making import BeginExport, CompleteExport
from domain.export.state import export_stream
from domain.rights.actions import Action
from staff.api.caller import Key
from staff.api.problems import Problem, problem, refused
from staff.api.visiting import Visiting
from staff.guard.step_up import require_step_up
from staff.pages.exporting import attached
from staff.parts import Parts
from staff.sealing import sealed_command, sealing
from staff.visit import Visit

router = APIRouter()
_NAMES = {
    ExportFormat.OCEL_JSON: "jsonocel",
    ExportFormat.OCEL_SQLITE: "sqlite",
    ExportFormat.XES: "xes",
    ExportFormat.CSV: "csv",
    ExportFormat.PARQUET: "parquet",
    ExportFormat.HTCDS: "htcds.csv",
    ExportFormat.CTDC: "ctdc.csv",
}
"""How the name of each file ends."""
_BLOCK = 1 << 20
_EXPORTS = UUID("5b0f0d5e-8a53-4b39-9d6e-2f6f3c1c7a44")


class ExportBody(BaseModel):
    """`known_at`: as known then, now by default. `reason`: why, in your words; it is sealed."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    format: ExportFormat
    table: ExportTable | None = None
    purpose: ExportPurpose
    reason: Annotated[str | None, Field(max_length=4_000)] = None
    known_at: AwareDatetime | None = None
    pathway: Annotated[str, Field(max_length=64)] = "astra"


@router.post(
    "/replay/exports",
    summary="Take cases along as a file, as known at a moment",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
        403: {"model": Problem},
        409: {"model": Problem},
        422: {"model": Problem},
        503: {"model": Problem},
    },
)
async def post_export(body: ExportBody, visit: Visiting, key: Key) -> Response:
    """The answer is the file. The same key again is refused: one export is one file, whether or not it arrived."""
    await run_in_threadpool(_allow, visit)
    export = uuid5(_EXPORTS, f"{visit.person.id}|{key}")
    if await run_in_threadpool(visit.parts.desk.history, export_stream(export)):
        return problem(409, "export-begun")
    pin = next((pin for pin, _ in visit.parts.desk.pathways() if pin.name == body.pathway), None)
    if pin is None:
        return problem(422, "command-invalid", problems=["pathway: unknown"])
    try:
        cut = await run_in_threadpool(_cut, visit.parts, body.known_at or visit.now)
    except ExportInvalid as invalid:
        return problem(422, "command-invalid", problems=[f"known_at: {invalid}"])
    except ExportNotLevel as behind:
        return problem(503, "unavailable", problems=[str(behind)])
    fields = {
        "pin": pin.model_dump(mode="json"),
        "format": body.format,
        "table": body.table,
        "purpose": body.purpose,
        "known_at": cut.known_at.isoformat(),
        "last_position": cut.position,
    }
    begin = await run_in_threadpool(_sealed, visit.parts, export, key, fields, body.reason)
    command = parse(BeginExport.kind, begin)
    outcome = await visit.parts.desk.submit(
        export, command, command_id=key, actor=visit.person.id, kind=StreamName.EXPORT
    )
    if outcome.refusal is not None:
        return refused(outcome.refusal)
    log = LogReader(visit.parts.reader, cut)
    maker = maker_of(body.format, body.table, log, Pseudonyms(new_key()), visit.parts.desk.pathway)
    name = f"{(body.table or body.format).value}-{cut.position}.{_NAMES[body.format]}"
    return StreamingResponse(_file(visit, export, maker), media_type="application/octet-stream", headers=attached(name))


def _allow(visit: Visit) -> None:
    visit.require(Action.EXPORT_CASES)
    require_step_up(visit)


def _cut(parts: Parts, at: datetime) -> Cut:
    cut = cut_at(parts.reader, at)
    require_level(parts.reader, cut)
    return cut


def _sealed(parts: Parts, export: UUID, key: UUID, fields: dict[str, Any], reason: str | None) -> dict[str, Any]:
    seal = sealing(parts.desk, export, key, StreamName.EXPORT)
    given = {name: value for name, value in fields.items() if value is not None}
    return sealed_command(BeginExport.kind, given, seal, {"note": reason} if reason else {})


async def _file(visit: Visit, export: UUID, maker: Maker) -> AsyncIterator[bytes]:
    """The file as it comes. Broken off, it has no end in the log, only its beginning."""
    summed, size, rows = hashlib.sha256(), 0, 0
    async for data, more in iterate_in_threadpool(_blocks(maker)):
        summed.update(data)
        size, rows = size + len(data), rows + more
        yield data
    complete = CompleteExport(rows=rows, size=size, sha256=summed.hexdigest())
    await visit.parts.desk.submit(
        export,
        complete,
        command_id=uuid5(export, f"{complete.kind}|{complete.sha256}"),
        actor=visit.person.id,
        kind=StreamName.EXPORT,
    )


def _blocks(maker: Maker) -> Iterator[tuple[bytes, int]]:
    """Bytes with the rows that they end. What is only made whole is made on disk first, and gone with the answer."""
    if isinstance(maker, Streamed):
        for piece in maker.pieces():
            yield piece.data, piece.rows
        return
    with TemporaryDirectory(prefix="putokaz-export-") as folder:
        file = ExportFile(Path(folder) / "export")
        made = file.make(maker, file.begin({}), settle=lambda _: None)
        with file.target.open("rb") as whole:
            while block := whole.read(_BLOCK):
                yield block, 0
        yield b"", made.rows
