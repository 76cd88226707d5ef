"""What is taken as a document: by its content, within limits, and with little memory however much is sent."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from starlette.requests import Request

from domain.journey.document.codes import MediaType
from domain.journey.document.parts import FilePart
from staff.filing.archives import MOST_BYTES, MOST_MEMBERS
from staff.filing.faults import FileFault, FileRefused
from staff.filing.inspecting import CONTENT_TYPES, ENDINGS, inspect
from staff.filing.keeping import receive
from staff.filing.receiving import MOST_TEXT, FormBroken, IncomingForm
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.staff.office_files import (
    HEIC,
    JPEG,
    OLD_WORD,
    PDF,
    PNG,
    TEXT,
    WEBP,
    office,
    open_document,
    packed,
)
from tests.vault.test_identities import as_owner
from vault.documents import Documents
from vault.kek import Kek
from vault.keys import Keys

TAKEN = {
    MediaType.PDF: PDF,
    MediaType.JPEG: JPEG,
    MediaType.PNG: PNG,
    MediaType.WEBP: WEBP,
    MediaType.HEIC: HEIC,
    MediaType.TEXT: TEXT,
    MediaType.DOCX: office(),
    MediaType.XLSX: office(kind="spreadsheetml.sheet"),
    MediaType.ODT: open_document(),
    MediaType.ODS: open_document(kind="spreadsheet"),
}
_NESTED = office({"word/embeddings/table.xlsx": office(kind="spreadsheetml.sheet")})


def looked_at(content: bytes) -> MediaType | FileFault:
    """What is said of a file."""
    try:
        return inspect(io.BytesIO(content), len(content))
    except FileRefused as refused:
        return refused.fault


def bomb() -> bytes:
    """Half a megabyte that unpacks into more than is let out, in members of an innocent size."""
    return office({f"word/media/{n}.bin": bytes(60 * 1024 * 1024) for n in range(4)})


def slow_bomb() -> bytes:
    """Each member within the ratio, all of them together beyond what is let out."""
    block = bytes(range(256)) * 4 + bytes(100_000)
    return office({f"word/media/{n}.bin": block * 100 for n in range(MOST_BYTES // (100 * len(block)) + 1)})


def locked() -> bytes:
    """A member says that it is encrypted."""
    content = bytearray(office())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Every member of the list is the same one: the way of the bombs without layers (Fifield, 2019)."""
    one = packed({"a": bytes(1024 * 1024)})
    end = one.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", one, end + 16)[0]
    entry = one[start:end]
    directory = entry * 300
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 300, 300, len(directory), start, 0)
    return one[:start] + directory + tail


def long_directory() -> bytes:
    """A list of members that would fill the memory before the first of them is read."""
    one = office()
    end = one.rindex(b"PK\x05\x06")
    return one[: end + 12] + struct.pack("<L", 500 * 1024 * 1024) + one[end + 16 :]


XXE = b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'
REFUSED = {
    "nothing": (b"", FileFault.EMPTY),
    "a program": (b"MZ\x90\x00" + bytes(200), FileFault.UNKNOWN_TYPE),
    "a program of Linux": (b"\x7fELF" + bytes(200), FileFault.UNKNOWN_TYPE),
    "a page named as text": (b"\n <!DOCTYPE html><script>alert(1)</script>", FileFault.MARKUP),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', FileFault.MARKUP),
    "XML with an entity": (
        b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
        FileFault.MARKUP,
    ),
    "text of an old machine": ("Изјава".encode("cp1251"), FileFault.NOT_UTF8),
    "text that ends within a letter": (TEXT + b"\xd0", FileFault.NOT_UTF8),
    "text with a null": (TEXT + b"\x00", FileFault.UNKNOWN_TYPE),
    "old Word": (OLD_WORD, FileFault.OLD_OFFICE),
    "a plain archive": (packed({"a.txt": TEXT}), FileFault.ARCHIVE),
    "another archive": (b"Rar!\x1a\x07\x01\x00" + bytes(64), FileFault.ARCHIVE),
    "Word with macros": (office({"word/vbaProject.bin": b"x"}), FileFault.MACROS),
    "Word with macros under another name": (
        packed({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
        FileFault.MACROS,
    ),
    "Word with a control": (office({"word/activeX/activeX1.bin": b"x"}), FileFault.MACROS),
    "OpenDocument with Basic": (open_document({"Basic/Standard/Module1.xml": b"x"}), FileFault.MACROS),
    "macros one level down": (
        office({"word/embeddings/a.docx": office({"word/vbaProject.bin": b"x"})}),
        FileFault.MACROS,
    ),
    "an archive two levels down": (office({"word/embeddings/a.docx": _NESTED}), FileFault.ARCHIVE_UNSAFE),
    "another kind of archive within": (
        office({"word/media/a.gz": b"\x1f\x8b\x08\x00more"}),
        FileFault.ARCHIVE_UNSAFE,
    ),
    "a long list of types": (
        packed({"[Content_Types].xml": bytes(2_000_000)}, zipfile.ZIP_STORED),
        FileFault.ARCHIVE_UNSAFE,
    ),
    "too many members": (office({f"word/{n}.xml": b"" for n in range(MOST_MEMBERS)}), FileFault.ARCHIVE_UNSAFE),
    "half of it": (office()[: len(office()) // 2], FileFault.ARCHIVE_UNSAFE),
    "a member that lies": (office().replace(b"PK\x01\x02", b"PK\x01\x03"), FileFault.ARCHIVE_UNSAFE),
    "members that overlap": (overlapping(), FileFault.ARCHIVE_UNSAFE),
    "a long list of members": (long_directory(), FileFault.ARCHIVE_UNSAFE),
    "something behind its end": (office() + b"MZ more", FileFault.ARCHIVE_UNSAFE),
    "a lock": (locked(), FileFault.LOCKED),
    "bytes of another packing": (packed({"a": TEXT * 500}, zipfile.ZIP_LZMA), FileFault.ARCHIVE_UNSAFE),
}


@pytest.mark.parametrize("media", MediaType)
def test_ten_formats_are_taken(media: MediaType) -> None:
    """By what is in them; each has a type and an ending for whoever downloads it."""
    assert looked_at(TAKEN[media]) is media
    assert CONTENT_TYPES[media]
    assert ENDINGS[media]


def test_a_table_within_a_text_is_no_bomb() -> None:
    """One level down, as Word writes a chart."""
    assert looked_at(_NESTED) is MediaType.DOCX


@pytest.mark.parametrize(("content", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_taken_says_why(content: bytes, fault: FileFault) -> None:
    """By its content, whatever its name is."""
    assert looked_at(content) is fault


@pytest.mark.parametrize("fault", FileFault)
def test_every_fault_has_a_sentence(fault: FileFault) -> None:
    """With what to do next, in each language."""
    for locale in Locale:
        assert Words(locale)(f"document.fault.{fault.value}", limit="20 MB").endswith(".")


@pytest.mark.parametrize("make", [bomb, slow_bomb])
def test_a_bomb_is_found_without_being_unpacked(make: object) -> None:
    """In a bounded time and with little memory: what comes out is counted and thrown away."""
    assert callable(make)
    content = make()
    assert len(content) < MOST_BYTES // 50
    tracemalloc.start()
    assert looked_at(content) is FileFault.ARCHIVE_UNSAFE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


@pytest.fixture
def documents(vault_database: str) -> Iterator[Documents]:
    """Of an empty vault."""
    with closing(Keys(vault_database, Kek(b"\x01" * 32))) as keys, closing(Documents(vault_database, keys)) as found:
        yield found


async def blocks(total: int, beginning: bytes = PDF) -> AsyncIterator[bytes]:
    """A file that comes in by 64 KiB."""
    yield beginning
    for _ in range((total - len(beginning)) // 65_536):
        yield bytes(65_536)


@pytest.mark.parametrize(("sent", "limit"), [(80, 100), (200, 20)], ids=["kept", "too large"])
async def test_a_large_file_needs_little_memory(
    documents: Documents, vault_database: str, sent: int, limit: int
) -> None:
    """MiB sent and allowed. What is too large is read to its end, and nothing of it stays."""
    tracemalloc.start()
    fault = None
    try:
        await receive(
            documents,
            blocks(sent * 1024 * 1024),
            journey=uuid4(),
            part=FilePart.NOTES,
            command_id=uuid4(),
            name="a.pdf",
            title="",
            limit=limit * 1024 * 1024,
        )
    except FileRefused as refused:
        fault = refused.fault
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024
    assert fault is (FileFault.TOO_LARGE if sent > limit else None)
    with psycopg.connect(as_owner(vault_database)) as connection:
        rows = connection.execute("SELECT count(*) FROM vault.document_pieces").fetchone()
    assert rows == ((0,) if fault else (sent,))


def form_of(body: bytes, *, step: int = 7, kind: str = "multipart/form-data; boundary=X") -> IncomingForm:
    """As it comes in, by a few bytes."""
    pieces = iter([body[n : n + step] for n in range(0, len(body), step)])

    async def receive_message() -> dict[str, object]:
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return IncomingForm(Request(scope, receive_message))


def field(name: str, value: bytes, more: str = "") -> bytes:
    """One part of a form."""
    return f'--X\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


async def test_the_texts_are_known_before_the_file() -> None:
    """And what comes after it is not seen."""
    body = field("part", b"legal") + field("name", "пресуда".encode())
    body += field("file", PDF * 50, '; filename="Пресуда.pdf"') + field("token", b"late") + b"--X--\r\n"
    form = form_of(body)
    await form.start()
    assert form.texts == {"part": "legal", "name": "пресуда"}
    assert form.file_name == "Пресуда.pdf"
    assert b"".join([block async for block in form.blocks()]) == PDF * 50
    assert "token" not in form.texts


BROKEN = {
    "no form": (b"{}", "application/json"),
    "no boundary": (b"--X--", "multipart/form-data"),
    "cut off": (field("file", PDF, '; filename="a"'), "multipart/form-data; boundary=X"),
    "two files": (
        field("file", PDF, '; filename="a"') + field("other", PDF, '; filename="b"') + b"--X--\r\n",
        "multipart/form-data; boundary=X",
    ),
    "much text": (field("name", b"x" * (MOST_TEXT + 1)) + b"--X--\r\n", "multipart/form-data; boundary=X"),
    "many parts": (field("name", b"x") * 50 + b"--X--\r\n", "multipart/form-data; boundary=X"),
    "rubbish": (b"rubbish", "multipart/form-data; boundary=X"),
}


@pytest.mark.parametrize(("body", "kind"), BROKEN.values(), ids=BROKEN.keys())
async def test_what_is_no_form_with_a_file_is_said_so(body: bytes, kind: str) -> None:
    """Whoever sent it."""

    async def read() -> None:
        form = form_of(body, step=4096, kind=kind)
        await form.start()
        async for _ in form.blocks():
            pass

    with pytest.raises(FormBroken):
        await read()
