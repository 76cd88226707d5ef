"""Identities of clients: one sealed body a journey, shown field by field, and never before the access log has a line.

    identities.put(Identity(journey, names=…), actor=me)                      # 1, its version
    shown = identities.reveal(me, journey, {IdentityField.PHONE}, RevealPurpose.CONTACT)
    identities.correct(better, {IdentityField.PHONE}, seen=shown.version, actor=me)

A correction keeps nothing of what was there but that it was corrected. Destroying the journey's key of compartment
`identity` erases the identity. Who may see what is decided by who calls: this module knows no roles.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from vault.accesses import LONGEST_REASON, AccessKind, NewAccess, RevealPurpose, logged, reason_context
from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import IdentityConflict, IdentityUnknown, RecordBroken, VaultUnavailable
from vault.identity import Identity, IdentityField, restored, stored
from vault.keys import DataKey, Keys
from vault.roll import initials

_COMPARTMENT = "identity"
_TRIES = 5
_EVERY_FIELD = frozenset(IdentityField)


@dataclass(frozen=True, slots=True)
class Revealed:
    """What somebody was shown: these fields of that version. What was not asked for is as if it were not known."""

    journey: UUID
    version: int
    fields: frozenset[IdentityField]
    identity: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class Masked:
    """What is shown of a client without a purpose, as by a search, and which fields are known."""

    journey: UUID
    version: int
    initials: str = field(repr=False)
    born_year: int | None = field(repr=False)
    known: frozenset[IdentityField]


@dataclass(frozen=True, slots=True)
class IdentityVersion:
    """That an identity was written (version 1) or corrected; nothing of what it said."""

    version: int
    at: datetime
    actor: UUID


@dataclass(frozen=True, slots=True)
class _Stored:
    version: int
    key: DataKey | None
    identity: Identity | None
    """None when it was erased."""


class Identities:
    """Safe for many threads. Every call raises `VaultUnavailable`, and `RecordBroken` for a body that does not open."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def put(self, identity: Identity, *, actor: UUID) -> int:
        """Writes what is known of a client of whom nothing is stored, or no more; the version.

        Raises `IdentityConflict`, `AccessNotLogged`.
        """
        for _ in range(_TRIES):
            known = self._stored(identity.journey)
            if known is not None and known.identity is not None:
                return self._same_or_conflict(identity, known, _EVERY_FIELD, known.version, actor)
            seen = 0 if known is None else known.version
            key = self._keys.current_key(_stream(identity.journey), _COMPARTMENT)
            if self._written(identity, seen, key, actor):
                return seen + 1
        raise VaultUnavailable("the identity was written and erased by others all the time; try again")

    def correct(self, identity: Identity, fields: Set[IdentityField], *, seen: int, actor: UUID) -> int:
        """Replaces these fields, all others stay; `seen` is the version that was shown. The new version.

        Raises `IdentityConflict` where somebody wrote since, `IdentityUnknown` where there is nothing to correct,
        `AccessNotLogged`, and `ValueError` without a field.
        """
        if not fields:
            raise ValueError("a correction names what is to be corrected")
        for _ in range(_TRIES):
            known = self._stored(identity.journey)
            if known is None or known.identity is None or known.key is None:
                raise IdentityUnknown(f"nothing is known of who the client of journey {identity.journey} is")
            if known.version != seen:
                return self._same_or_conflict(identity, known, fields, seen + 1, actor)
            if self._written(known.identity.corrected(identity, fields), seen, known.key, actor):
                return seen + 1
        raise VaultUnavailable("the identity was written by others all the time; try again")

    def reveal(
        self,
        actor: UUID,
        journey: UUID,
        fields: Set[IdentityField],
        purpose: RevealPurpose,
        reason: str | None = None,
    ) -> Revealed | None:
        """These fields, once that is logged; None where nothing is stored, or it was erased: that is logged as well.

        `reason` is the person's own words, sealed; `RevealPurpose.OTHER` needs them. Raises `AccessNotLogged`, and
        `ValueError` without a field or for its reason.
        """
        if not fields:
            raise ValueError("a reveal names what is to be shown")
        if not (reason or "").strip() and purpose is RevealPurpose.OTHER:
            raise ValueError("a purpose that is none of those known is given in words")
        if reason is not None and len(reason) > LONGEST_REASON:
            raise ValueError(f"a reason has at most {LONGEST_REASON} letters")
        key_id, words = (None, None) if not reason else self._sealed_reason(actor, journey, reason)
        access = NewAccess(actor, AccessKind.REVEAL, (journey,), fields, purpose, key_id=key_id, sealed=words)
        row = logged(self._database, "reveal_identity", access)
        known = None if row[0] is None else self._opened(journey, *row)
        if known is None or known.identity is None:
            return None
        return Revealed(journey, known.version, frozenset(fields), known.identity.only(fields))

    def masked(self, journey: UUID) -> Masked | None:
        """What may be shown without a purpose, and is not logged; None where nothing is stored, or it was erased."""
        known = self._stored(journey)
        if known is None or known.identity is None:
            return None
        identity = known.identity
        return Masked(journey, known.version, initials(identity.names), identity.born_year, identity.known)

    def versions(self, journey: UUID) -> list[IdentityVersion]:
        """When it was written and corrected, and by whom, oldest first."""
        rows = self._database.run(lambda c: c.execute(query("identity_versions"), (journey,)).fetchall())
        return [IdentityVersion(*row) for row in rows]

    def _same_or_conflict(
        self, wanted: Identity, known: _Stored, fields: Set[IdentityField], version: int, actor: UUID
    ) -> int:
        """The version, where what is wanted is what is stored: a write whose answer was lost, or the same from two.

        Raises `IdentityConflict` with what is stored; that it is shown is logged first.
        """
        if known.version == version and known.identity and known.identity.only(fields) == wanted.only(fields):
            return known.version
        shown = self.reveal(actor, wanted.journey, fields, RevealPurpose.CONFLICT)
        if shown is None:
            raise IdentityUnknown(f"the identity of journey {wanted.journey} was erased meanwhile")
        raise IdentityConflict(shown)

    def _stored(self, journey: UUID) -> _Stored | None:
        row = self._database.run(lambda c: c.execute(query("identity"), (journey,)).fetchone())
        return None if row is None else self._opened(journey, *row)

    def _opened(self, journey: UUID, version: int, key_id: UUID, record: bytes) -> _Stored:
        key = self._keys.opening_key(key_id)
        if key is None:
            return _Stored(version, None, None)
        return _Stored(version, DataKey(key_id, key), opened_identity(journey, version, key, record))

    def _written(self, identity: Identity, seen: int, key: DataKey, actor: UUID) -> bool:
        values = {
            "journey": identity.journey,
            "seen": seen,
            "key_id": key.key_id,
            "sealed": sealed(key.key, stored(identity), _context(identity.journey, seen + 1)),
            "actor": actor,
        }
        row = self._database.run(lambda c: c.execute(query("put_identity"), values).fetchone())
        return row is not None and bool(row[0])

    def _sealed_reason(self, actor: UUID, journey: UUID, reason: str) -> tuple[UUID, bytes]:
        key = self._keys.current_key(_stream(journey), _COMPARTMENT)
        return key.key_id, sealed(key.key, reason.encode(), reason_context(actor, journey))


def opened_identity(journey: UUID, version: int, key: bytes, record: bytes) -> Identity:
    """From a stored body. Raises `RecordBroken`: altered, or of another journey or version."""
    try:
        return restored(journey, opened(key, record, _context(journey, version)))
    except RecordBroken:
        raise RecordBroken(f"the identity of journey {journey} does not open") from None


def _stream(journey: UUID) -> str:
    return f"journey-{journey}"


def _context(journey: UUID, version: int) -> bytes:
    return b"putokaz-identity-1" + journey.bytes + version.to_bytes(8, "big")
