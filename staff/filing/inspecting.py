"""What kind of file it is, by its content: its name and what the browser says of it count for nothing.

A table of ours: ten formats, each with a beginning that it cannot be without. A library knows hundreds more, and
each of those is refused here anyway. Nothing is rendered, converted or opened by another program.
"""

from __future__ import annotations

import codecs

from domain.journey.document.codes import MediaType
from staff.filing.archives import Readable, inspect_archive
from staff.filing.faults import FileFault, FileRefused

_BLOCK = 256 * 1024
_HEAD = 4096
_BEGINNINGS = {
    b"%PDF-": MediaType.PDF,
    b"\xff\xd8\xff": MediaType.JPEG,
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06")
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe", "{\\rtf")
_CONTROL = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D} | {0x7F}

CONTENT_TYPES = {
    MediaType.PDF: "application/pdf",
    MediaType.JPEG: "image/jpeg",
    MediaType.PNG: "image/png",
    MediaType.WEBP: "image/webp",
    MediaType.HEIC: "image/heic",
    MediaType.TEXT: "text/plain; charset=utf-8",
    MediaType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    MediaType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    MediaType.ODT: "application/vnd.oasis.opendocument.text",
    MediaType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
ENDINGS = {media: "txt" if media is MediaType.TEXT else media.value for media in MediaType}
"""How the name of such a file ends."""


def inspect(file: Readable, size: int) -> MediaType:
    """The format, read from the file itself. Raises `FileRefused`, and what reading raises."""
    if size == 0:
        raise FileRefused(FileFault.EMPTY)
    file.seek(0)
    head = file.read(_HEAD)
    found = _by_beginning(head)
    if found is not None:
        return found
    if head.startswith(_ZIP):
        return inspect_archive(file, size)
    if head.startswith(_OLD_OFFICE):
        raise FileRefused(FileFault.OLD_OFFICE)
    if head.startswith(_ARCHIVES):
        raise FileRefused(FileFault.ARCHIVE)
    _require_text(file)
    return MediaType.TEXT


def _by_beginning(head: bytes) -> MediaType | None:
    for beginning, media in _BEGINNINGS.items():
        if head.startswith(beginning):
            return media
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return MediaType.HEIC
    return None


def _require_text(file: Readable) -> None:
    """All of it UTF-8, no control characters, and no markup at its beginning that a browser would take for a page."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    block = file.read(_BLOCK)
    while block:
        if not _CONTROL.isdisjoint(block):
            raise FileRefused(FileFault.UNKNOWN_TYPE)
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError:
            raise FileRefused(FileFault.NOT_UTF8) from None
        if first and any(mark in text[:_HEAD].lower() for mark in _MARKUP):
            raise FileRefused(FileFault.MARKUP)
        first, block = False, file.read(_BLOCK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise FileRefused(FileFault.NOT_UTF8) from None
