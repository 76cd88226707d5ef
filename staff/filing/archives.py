"""Packed formats (DOCX, XLSX, ODT, ODS): what they are, and whether what comes out of them is bounded.

Nothing is unpacked to the disk, and nothing but the bytes of one block is in memory. A file that says little of itself
and unpacks into much (a "zip bomb", also one whose members overlap) is found by counting what really comes out.
Formats: APPNOTE.TXT 6.3.10 (ZIP), ECMA-376 part 2 (Office Open XML), OASIS ODF 1.3 part 2.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Protocol

from domain.journey.document.codes import MediaType
from staff.filing.faults import FileFault, FileRefused

MOST_MEMBERS = 2_000
MOST_BYTES = 200 * 1024 * 1024
"""That come out of a file, with what is packed within it."""
MOST_RATIO = 200
"""Bytes that come out for each byte of a member; XML of long tables reaches 100."""
FREE = 1024 * 1024
"""Bytes of a member to which the ratio is not applied."""
MOST_NESTED = 1
"""A chart in a text has its table within it; nothing is deeper."""
LARGEST_NESTED = 16 * 1024 * 1024
MOST_DIRECTORY = 1024 * 1024
"""Bytes of the list of members: the library reads it as a whole."""
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65_535
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_BLOCK = 64 * 1024
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_MACRO_NAMES = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_MACRO_FOLDERS = ("basic/", "scripts/", "activex/")
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": MediaType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": MediaType.ODS,
}
_OFFICE = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": MediaType.DOCX,
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": MediaType.XLSX,
}


class Readable(Protocol):
    """A file to be looked at."""

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...

    def seekable(self) -> bool: ...


@dataclass(slots=True)
class Budget:
    """What may still come out of a file, over all its levels."""

    members: int = MOST_MEMBERS
    bytes: int = MOST_BYTES

    def member(self) -> None:
        """One more. Raises `FileRefused`."""
        self.members -= 1
        if self.members < 0:
            raise FileRefused(FileFault.ARCHIVE_UNSAFE)

    def spend(self, count: int) -> None:
        """So many bytes came out. Raises `FileRefused`."""
        self.bytes -= count
        if self.bytes < 0:
            raise FileRefused(FileFault.ARCHIVE_UNSAFE)


def inspect_archive(file: Readable, size: int) -> MediaType:
    """Which of our packed formats it is. Raises `FileRefused`."""
    media = _inspect(file, size, Budget(), depth=0)
    if media is None:
        raise FileRefused(FileFault.ARCHIVE)
    return media


def _inspect(file: Readable, size: int, budget: Budget, *, depth: int) -> MediaType | None:
    _require_small_directory(file, size)
    try:
        with zipfile.ZipFile(_Whole(file)) as archive:
            members = archive.infolist()
            for member in members:
                _look_into(archive, member, budget, depth)
            _refuse_macros(archive, members)
            return _media(archive, {member.filename for member in members})
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, OverflowError):
        raise FileRefused(FileFault.ARCHIVE_UNSAFE) from None


def _require_small_directory(file: Readable, size: int) -> None:
    """Before the library reads the list of members. A list in the large format (ZIP64) is of no file that is taken."""
    start = max(0, size - _END_SIZE - _COMMENT - _LOCATOR_SIZE)
    file.seek(start)
    tail = file.read(size - start)
    end = tail.rfind(_END)
    whole = end >= 0 and end + _END_SIZE <= len(tail)
    if not whole or end + _END_SIZE + int.from_bytes(tail[end + 20 : end + 22], "little") != len(tail):
        raise FileRefused(FileFault.ARCHIVE_UNSAFE)
    if tail[max(0, end - _LOCATOR_SIZE) : end].startswith(_LOCATOR):
        raise FileRefused(FileFault.ARCHIVE_UNSAFE)
    if int.from_bytes(tail[end + 12 : end + 16], "little") > MOST_DIRECTORY:
        raise FileRefused(FileFault.ARCHIVE_UNSAFE)


def _look_into(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, depth: int) -> None:
    """Counts what comes out of a member, and looks into one that is packed itself."""
    budget.member()
    if member.flag_bits & _ENCRYPTED:
        raise FileRefused(FileFault.LOCKED)
    if member.compress_type not in _PLAIN:
        raise FileRefused(FileFault.ARCHIVE_UNSAFE)
    with archive.open(member) as content:
        head = content.read(8)
        budget.spend(len(head))
        inner = io.BytesIO() if head.startswith(_PACKED) else None
        if inner is not None and (depth >= MOST_NESTED or not head.startswith(_PACKED[0])):
            raise FileRefused(FileFault.ARCHIVE_UNSAFE)
        _count(content, head, member.compress_size, budget, inner)
    if inner is not None:
        _inspect(inner, len(inner.getvalue()), budget, depth=depth + 1)


def _count(content: IO[bytes], head: bytes, packed: int, budget: Budget, inner: io.BytesIO | None) -> None:
    came, block = len(head), head
    while block:
        if inner is not None:
            inner.write(block)
        if came > FREE and came > packed * MOST_RATIO:
            raise FileRefused(FileFault.ARCHIVE_UNSAFE)
        if inner is not None and came > LARGEST_NESTED:
            raise FileRefused(FileFault.ARCHIVE_UNSAFE)
        block = content.read(_BLOCK)
        came += len(block)
        budget.spend(len(block))


def _refuse_macros(archive: zipfile.ZipFile, members: Collection[zipfile.ZipInfo]) -> None:
    for member in members:
        name = member.filename.replace("\\", "/").lower()
        folder = any(name.startswith(each) or f"/{each}" in name for each in _MACRO_FOLDERS)
        if folder or name.rpartition("/")[2] in _MACRO_NAMES:
            raise FileRefused(FileFault.MACROS)
        if name == "[content_types].xml":
            types = _small(archive, member.filename).lower()
            if b"macroenabled" in types or b"vbaproject" in types or b"activex" in types:
                raise FileRefused(FileFault.MACROS)


def _media(archive: zipfile.ZipFile, names: Collection[str]) -> MediaType | None:
    if "mimetype" in names:
        return _OPEN_DOCUMENT.get(_small(archive, "mimetype").strip())
    if "[Content_Types].xml" in names:
        types = _small(archive, "[Content_Types].xml")
        return next((media for name, media in _OFFICE.items() if name in types), None)
    return None


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member that says what the others are: never long. Raises `FileRefused`."""
    with archive.open(name) as content:
        found = content.read(FREE + 1)
    if len(found) > FREE:
        raise FileRefused(FileFault.ARCHIVE_UNSAFE)
    return found


class _Whole(io.RawIOBase):
    """What the library takes as a file."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


__all__ = ["MOST_BYTES", "MOST_DIRECTORY", "MOST_MEMBERS", "MOST_RATIO", "Budget", "Readable", "inspect_archive"]
