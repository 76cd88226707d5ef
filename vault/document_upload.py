"""One upload of a document: sealed piece by piece while it streams in, with one piece in memory at a time."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid4

from vault.database import Database, query
from vault.document_pieces import PIECE, Place, SealedPieces, seal_piece
from vault.errors import VaultUnavailable
from vault.keys import Keys

_TRIES = 3


class Upload:
    """Used by one thread at a time. `size`: bytes of content so far; the rest is known once it is finished."""

    def __init__(self, database: Database, key: bytes, place: Place) -> None:
        self.place = place
        self.key = key
        self.size = 0
        self.pieces = 0
        self._database = database
        self._buffer = bytearray()
        self._content = sha256()
        self._sealed = sha256()
        self._finished = False

    def __repr__(self) -> str:
        return f"<upload of document {self.place.document}, {self.size} bytes>"

    @classmethod
    def begun(cls, database: Database, keys: Keys, journey: UUID, compartment: str, document: UUID) -> Upload:
        """Writes its row. Raises `VaultUnavailable`."""
        for _ in range(_TRIES):
            key = keys.current_key(f"journey-{journey}", compartment)
            place = Place(journey, compartment, document, uuid4())
            values = {
                "upload": place.upload,
                "document": document,
                "journey": journey,
                "compartment": compartment,
                "key_id": key.key_id,
            }
            if _is_begun(database, values):
                return cls(database, key.key, place)
        raise VaultUnavailable("the key of this compartment was destroyed all the time; try again")

    @property
    def sha256(self) -> bytes:
        """Over the sealed pieces, in their order."""
        return self._sealed.digest()

    @property
    def content_sha256(self) -> str:
        """Over the content: kept sealed, to tell whether the same was sent twice."""
        return self._content.hexdigest()

    def add(self, block: bytes) -> None:
        """More of the content. Raises `VaultUnavailable`."""
        self.size += len(block)
        self._content.update(block)
        self._buffer += block
        while len(self._buffer) > PIECE:  # the last piece is sealed as the last: a full one waits for what follows
            self._write(bytes(self._buffer[:PIECE]), is_last=False)
            del self._buffer[:PIECE]

    def finish(self) -> None:
        """Writes what is left as the last piece; there is always one. Raises `VaultUnavailable`."""
        if not self._finished:
            self._write(bytes(self._buffer), is_last=True)
            self._buffer.clear()
            self._finished = True

    def file(self) -> SealedPieces:
        """What was stored, read back from there, to be looked at before it is kept."""
        if not self._finished:
            raise ValueError("an upload is looked at once it is finished")
        return SealedPieces(self._database, self.key, self.place, pieces=self.pieces, size=self.size)

    def discard(self) -> None:
        """Removes what was stored. Raises `VaultUnavailable`: then the sweep will."""
        self._buffer.clear()
        self._database.run(lambda c: c.execute(query("remove_document"), (self.place.upload,)))

    def _write(self, content: bytes, *, is_last: bool) -> None:
        record = seal_piece(self.key, self.place, self.pieces, content, is_last=is_last)
        values = {"upload": self.place.upload, "position": self.pieces, "sealed": record}
        self._database.run(lambda c: c.execute(query("add_document_piece"), values).fetchone())
        self._sealed.update(record)
        self.pieces += 1


def _is_begun(database: Database, values: dict[str, object]) -> bool:
    return database.run(lambda c: c.execute(query("begin_document"), values).fetchone()) is not None
