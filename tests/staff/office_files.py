"""Small files of every format that is taken, and of some that are not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(32)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(32)
TEXT = "Изјава клијенткиње, 12. 3. 2026.\n".encode()
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def packed(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(more: Mapping[str, bytes] = MappingProxyType({}), *, kind: str = "wordprocessingml.document") -> bytes:
    """DOCX, or XLSX with `spreadsheetml.sheet`, and members besides."""
    types = f'<Types><Override ContentType="{_MAIN.format(kind)}"/></Types>'.encode()
    return packed({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>" * 20, **more})


def open_document(more: Mapping[str, bytes] = MappingProxyType({}), *, kind: str = "text") -> bytes:
    """ODT, or ODS with `spreadsheet`."""
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    return packed({"mimetype": mime, "content.xml": b"<office:document-content/>", **more}, zipfile.ZIP_STORED)
