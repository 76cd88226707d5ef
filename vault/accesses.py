"""Lines of the access log: who was shown what of which client, and why. One is written before every answer.

A search leaves a keyed hash of what was typed and the journeys that were shown: whether two searches were for the same
is seen, what for is not. Nobody who reads the log learns a name.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg

from vault.database import Database, query
from vault.errors import AccessNotLogged
from vault.identity import IdentityField

LONGEST_REASON = 2000
"""Letters of a person's own words for a reveal."""


class AccessKind(StrEnum):
    """Fields revealed; masked candidates shown to a search, or for names that may be a duplicate; the words by which a
    client is reached safely; a document opened."""

    REVEAL = "reveal"
    SEARCH = "search"
    CANDIDATES = "candidates"
    SAFE_CONTACT = "safe-contact"
    DOCUMENT = "document"


class RevealPurpose(StrEnum):
    """Why fields are shown. `CONFLICT` is given by the vault itself, to whoever wrote at the same time as another."""

    CONTACT = "contact"
    IDENTIFY = "identify"
    DOCUMENT = "document"
    PROCEEDINGS = "proceedings"
    CORRECT = "correct"
    DUPLICATE = "duplicate"
    SUBJECT_REQUEST = "subject-request"
    EMERGENCY = "emergency"
    CONFLICT = "conflict"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Access:
    """One line: what was shown of which journeys. `fields` and `purpose` are of reveals, `query_hash` of searches.

    Of a document that was opened there are `documents` and `purpose`.
    """

    position: int
    at: datetime
    actor: UUID
    kind: AccessKind
    journeys: tuple[UUID, ...]
    fields: frozenset[IdentityField]
    purpose: RevealPurpose | None
    query_hash: bytes | None
    key_id: UUID | None
    sealed: bytes | None
    documents: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class NewAccess:
    """What is to be logged of an answer, before it is given."""

    actor: UUID
    kind: AccessKind
    journeys: Sequence[UUID]
    fields: Set[IdentityField] = frozenset()
    purpose: RevealPurpose | None = None
    query_hash: bytes | None = None
    key_id: UUID | None = None
    sealed: bytes | None = None
    documents: Set[UUID] = frozenset()

    def values(self) -> dict[str, object]:
        """For the statements that log it."""
        return {
            "actor": self.actor,
            "kind": self.kind.value,
            "journeys": list(self.journeys),
            "fields": sorted([*(field.value for field in self.fields), *map(str, self.documents)]),
            "purpose": self.purpose and self.purpose.value,
            "query": self.query_hash,
            "key_id": self.key_id,
            "sealed": self.sealed,
        }


def logged(database: Database, statement: str, access: NewAccess) -> tuple[Any, ...]:
    """The row of a statement that logs the access with its answer.

    Raises `AccessNotLogged` and `VaultUnavailable`: then nothing may be shown.
    """
    try:
        row = database.run(lambda c: c.execute(query(statement), access.values()).fetchone())
    except psycopg.DatabaseError as error:
        raise AccessNotLogged(f"the access log takes no line (SQLSTATE {error.sqlstate}); nothing was shown") from None
    if row is None:
        raise AccessNotLogged("the access log answered nothing; nothing was shown")
    return row


def reason_context(actor: UUID, journey: UUID) -> bytes:
    """What a person's own words for a reveal are bound to, under the journey's key of compartment `identity`."""
    return b"putokaz-reveal-1" + actor.bytes + journey.bytes
