"""Documents of clients: content, name and title, sealed; opened once the access log has a line; erased with the key.

    upload = documents.begin(journey, "legal", document)
    upload.add(block)                                     # as it streams in; again and again
    upload.finish()                                       # then it may be looked at: upload.file()
    kept = documents.keep(upload, name="presuda.pdf", title="…")
    opened = documents.open(me, journey, document, RevealPurpose.PROCEEDINGS)
    for block in opened.contents(): …

A process that dies on the way leaves an upload that nobody keeps; `vault.document_sweep` removes it. Who may see what
is decided by who calls: this module knows no roles.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from vault.accesses import LONGEST_REASON, AccessKind, NewAccess, RevealPurpose, logged, reason_context
from vault.database import Database, query
from vault.document_pieces import Place, SealedPieces
from vault.document_upload import Upload
from vault.envelope import opened, sealed
from vault.errors import DocumentConflict, VaultUnavailable
from vault.keys import Keys

LONGEST_NAME = 255
"""Letters of a file name; a longer one is cut."""
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What an event says of a kept document: bytes of content, and the sha256 (hexadecimal) of its sealed pieces."""

    document: UUID
    size: int
    sha256: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that somebody is shown, once that is logged."""

    document: UUID
    size: int
    sha256: str
    name: str = field(repr=False)
    pieces: SealedPieces = field(repr=False)

    def contents(self) -> Iterator[bytes]:
        """Block by block. Raises `RecordBroken`, `VaultUnavailable` on the way."""
        return self.pieces.contents()


class Documents:
    """Safe for many threads. Every call raises `VaultUnavailable`, and `RecordBroken` for what does not open."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def begin(self, journey: UUID, compartment: str, document: UUID) -> Upload:
        """A new upload of a document, of which nothing is seen until it is kept."""
        return Upload.begun(self._database, self._keys, journey, compartment, document)

    def keep(self, upload: Upload, *, name: str, title: str) -> Kept:
        """Keeps a finished upload. The same content sent twice is kept once: the first answer comes again.

        Raises `DocumentConflict` where another content is kept under this document, in this or another compartment.
        """
        place = upload.place
        header = {"name": name[:LONGEST_NAME], "title": title[:LONGEST_TITLE], "content": upload.content_sha256}
        values = {
            "upload": place.upload,
            "pieces": upload.pieces,
            "size": upload.size,
            "sha256": upload.sha256,
            "sealed": sealed(upload.key, json.dumps(header).encode(), _header(place, upload.pieces, upload.size)),
        }
        if self._is_first(values):
            return Kept(place.document, upload.size, upload.sha256.hex(), upload.pieces)
        upload.discard()
        found = self._row("kept_document", journey=place.journey, document=place.document)
        if found is None:
            raise VaultUnavailable("the key of this compartment was destroyed meanwhile; try again")
        known = self._header(place.journey, place.document, *found)
        if known is None or found[1] != place.compartment or known["content"] != upload.content_sha256:
            raise DocumentConflict(f"document {place.document} was filed with another content")
        return Kept(place.document, found[4], bytes(found[5]).hex(), found[3])

    def titles(self, journey: UUID, compartments: Collection[str]) -> dict[UUID, str]:
        """The titles of the documents of these compartments; of what was erased there is none."""
        chosen = {"journey": journey, "compartments": sorted(compartments)}
        rows = self._database.run(lambda c: c.execute(query("kept_documents"), chosen).fetchall())
        found = {}
        for document, upload, compartment, key_id, pieces, size, record in rows:
            header = self._header(journey, document, upload, compartment, key_id, pieces, size, b"", record)
            if header is not None:
                found[document] = header["title"]
        return found

    def open(
        self, actor: UUID, journey: UUID, document: UUID, purpose: RevealPurpose, reason: str | None = None
    ) -> Opened | None:
        """The document, once that is logged; None where nothing is kept, or it was erased: that is logged as well.

        `reason`: as for a reveal of an identity. Raises `AccessNotLogged`, and `ValueError` for its reason.
        """
        words = (reason or "").strip()
        if not words and purpose is RevealPurpose.OTHER:
            raise ValueError("a purpose that is none of those known is given in words")
        if len(words) > LONGEST_REASON:
            raise ValueError(f"a reason has at most {LONGEST_REASON} letters")
        key_id, record = (None, None) if not words else self._sealed_reason(actor, journey, words)
        access = NewAccess(
            actor,
            AccessKind.DOCUMENT,
            (journey,),
            purpose=purpose,
            key_id=key_id,
            sealed=record,
            documents=frozenset({document}),
        )
        row = logged(self._database, "open_document", access)
        if row[0] is None:
            return None
        upload, compartment, data_key, pieces, size, sha256, _ = row
        header, key = self._header(journey, document, *row), self._keys.opening_key(data_key)
        if header is None or key is None:
            return None
        place = Place(journey, compartment, document, upload)
        file = SealedPieces(self._database, key, place, pieces=pieces, size=size)
        return Opened(document, size, bytes(sha256).hex(), header["name"], file)

    def _is_first(self, values: dict[str, object]) -> bool:
        try:
            return self._row("keep_document", **values) is not None
        except psycopg.errors.UniqueViolation:
            return False  # another upload of it was kept in the same instant

    def _row(self, name: str, **values: object) -> tuple[Any, ...] | None:
        return self._database.run(lambda c: c.execute(query(name), values).fetchone())

    def _header(
        self,
        journey: UUID,
        document: UUID,
        upload: UUID,
        compartment: str,
        key_id: UUID,
        pieces: int,
        size: int,
        _: bytes,
        record: bytes,
    ) -> dict[str, str] | None:
        key = self._keys.opening_key(key_id)
        if key is None:
            return None
        place = Place(journey, compartment, document, upload)
        content = opened(key, bytes(record), _header(place, pieces, size), what="the head of a document")
        header: dict[str, str] = json.loads(content)
        return header

    def _sealed_reason(self, actor: UUID, journey: UUID, reason: str) -> tuple[UUID, bytes]:
        key = self._keys.current_key(f"journey-{journey}", "identity")
        return key.key_id, sealed(key.key, reason.encode(), reason_context(actor, journey))


def _header(place: Place, pieces: int, size: int) -> bytes:
    """Bound to how many pieces there are and how long they are together."""
    return place.context(b"head") + pieces.to_bytes(8, "big") + size.to_bytes(8, "big")
