"""The pieces of a document: sealed one by one, so that a large file needs little memory, and read back in their order.

A piece is bound to stream, compartment, document, upload, its position, and whether it is the last one. So none can be
swapped, left out, moved or brought from elsewhere, and a file whose end was cut off does not open.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import RecordBroken

PIECE = 1024 * 1024
"""Bytes of content in every piece but the last."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose pieces: what each of them is bound to."""

    journey: UUID
    compartment: str
    document: UUID
    upload: UUID

    def context(self, purpose: bytes) -> bytes:
        """For the envelope: every part with its length, so that no two places give the same bytes."""
        parts = (
            b"putokaz-document-1",
            purpose,
            f"journey-{self.journey}".encode(),
            self.compartment.encode(),
            self.document.bytes,
            self.upload.bytes,
        )
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def seal_piece(key: bytes, place: Place, position: int, content: bytes, *, is_last: bool) -> bytes:
    """A piece for the table."""
    return sealed(key, content, _context(place, position, is_last=is_last))


class SealedPieces:
    """A document as a file that is read and sought in: one piece at a time is in memory, in the clear.

    Reading raises `RecordBroken` for a piece that is missing or does not open, `VaultUnavailable`.
    """

    def __init__(self, database: Database, key: bytes, place: Place, *, pieces: int, size: int) -> None:
        self._database = database
        self._key = key
        self._place = place
        self._pieces = pieces
        self._size = size
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def __repr__(self) -> str:
        return f"<pieces of document {self._place.document}>"

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next `read` begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any file. Raises `ValueError` for a place before the beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning of the document")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, fewer at the end only; without `size` all that is left."""
        wanted = self._size - self._at if size < 0 else min(size, self._size - self._at)
        found = bytearray()
        while len(found) < wanted:
            position, offset = divmod(self._at, PIECE)
            block = self._piece(position)[offset : offset + wanted - len(found)]
            found += block
            self._at += len(block)
        return bytes(found)

    def contents(self) -> Iterator[bytes]:
        """Every piece in its order. Whatever fails on the way ends it with an error, never with a shorter file."""
        for position in range(self._pieces):
            yield self._piece(position)

    def _piece(self, position: int) -> bytes:
        if self._held[0] != position:
            values = (self._place.upload, position)
            row = self._database.run(lambda c: c.execute(query("document_piece"), values).fetchone())
            if row is None:
                raise RecordBroken(f"piece {position} of document {self._place.document} is missing")
            is_last = position == self._pieces - 1
            context = _context(self._place, position, is_last=is_last)
            content = opened(self._key, bytes(row[0]), context, what=f"piece {position} of a document")
            wanted = self._size - position * PIECE if is_last else PIECE
            if len(content) != wanted:
                raise RecordBroken(f"piece {position} of document {self._place.document} is cut off")
            self._held = (position, content)
        return self._held[1]


def _context(place: Place, position: int, *, is_last: bool) -> bytes:
    return place.context(b"piece") + position.to_bytes(8, "big") + (b"\x01" if is_last else b"\x00")
