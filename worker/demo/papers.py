"""The documents of the demonstration: a few invented papers, made here and filed as anybody files one.

They come after the caseload, as the last of the log, so that what the caseload says of positions and versions holds.
"""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.command import to_wire
from domain.journey.document.codes import DocumentKind
from domain.journey.document.parts import FilePart
from domain.journey.state import journey_stream
from staff.filing.command import filing
from staff.filing.keeping import receive
from vault.documents import Documents
from worker.demo.cast import CAST
from worker.parts import Parts
from workflows.messages import Order

_PAPERS = UUID("0f5d2c86-2b0e-5b57-9a37-6d1f5f6a7c11")
LIMIT = 1024 * 1024
"""Bytes: none of them comes near it."""


@dataclass(frozen=True, slots=True)
class DemoPaper:
    """One document of a journey of the cast, which its caseworker files."""

    journey: str
    kind: DocumentKind
    name: str
    title: str
    content: bytes
    part: FilePart = FilePart.NOTES


def _pdf(*lines: str) -> bytes:
    """One page of text in a font that every reader has; ASCII only."""
    text = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    stream = f"BT /F1 16 Tf 72 760 Td {text}ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    )
    body, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _png(width: int, height: int) -> bytes:
    """A grey sheet with a darker band: what a photograph of a paper looks like from far away."""
    rows = b"".join(b"\0" + bytes([190 if height // 3 < y < height // 2 else 225]) * width for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PAPERS: Sequence[DemoPaper] = (
    DemoPaper(
        "papers-with-us",
        DocumentKind.CONSENT_FORM,
        "saglasnost.pdf",
        "Пристанак на помоћ, потписан",
        _pdf("PROBNI DOKUMENT", "Saglasnost za pomoc i podrsku", "Izmisljeno, ne odnosi se ni na koga."),
    ),
    DemoPaper("papers-with-us", DocumentKind.PHOTOGRAPH, "slika.png", "Slika potvrde o prebivalištu", _png(420, 594)),
    DemoPaper(
        "waits-for-consent",
        DocumentKind.CORRESPONDENCE,
        "dopis.txt",
        "Допис центра за социјални рад",
        "ПРОБНИ ДОКУМЕНТ\n\nПоштовани,\nмолимо да нам јавите термин разговора.\n\nИзмишљени центар\n".encode(),
    ),
    DemoPaper(
        "child-with-guardian",
        DocumentKind.CERTIFICATE,
        "potvrda.pdf",
        "Potvrda o upisu u školu",
        _pdf("PROBNI DOKUMENT", "Potvrda o upisu u skolu", "Izmisljeno, ne odnosi se ni na koga."),
    ),
)


def file_papers(parts: Parts, documents: Documents) -> int:
    """Files those that are not there yet; how many there are. Raises `FileRefused` and what log and vault raise."""
    return asyncio.run(_file_all(parts, documents))


async def _file_all(parts: Parts, documents: Documents) -> int:
    cast = {part.name: part for part in CAST}
    for number, paper in enumerate(PAPERS):
        about = cast[paper.journey]
        command_id = uuid5(_PAPERS, f"{number} {paper.name}")
        received = await receive(
            documents,
            _blocks(paper.content),
            journey=about.id,
            part=paper.part,
            command_id=command_id,
            name=paper.name,
            title=paper.title,
            limit=LIMIT,
        )
        actor = about.caseworker.id
        command = to_wire(filing(paper.part, paper.kind, None, received))
        order = Order(stream=journey_stream(about.id), command_id=command_id, actor=actor, command=command)
        await asyncio.to_thread(parts.recorder.record, order)
    return len(PAPERS)


async def _blocks(content: bytes) -> AsyncIterator[bytes]:
    yield content
