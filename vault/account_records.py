"""What is kept of an account, each part sealed under a key of its own.

Such a key is destroyed when its part is replaced or removed, and with the whole account. The shred ledger remembers it:
a restored backup revives no password that was changed since, no passkey of a lost telephone, and nobody who has left.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from vault.envelope import opened, sealed
from vault.keys import Keys


@dataclass(frozen=True, slots=True, repr=False)
class SealedPart:
    """As a table holds it."""

    key_id: UUID
    sealed: bytes


class AccountRecords:
    """Seals and opens parts of accounts. Every call raises `VaultUnavailable` while the vault's database is away.

    A part is named by `password`, `passkey-<id>` and the like; `about` is what else of its row must not be changed.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, staff: UUID, part: str, plain: bytes, about: bytes = b"") -> SealedPart:
        """Under the living key of the part, which is made now if there is none."""
        data_key = self._keys.current_key(_stream(staff), part)
        return SealedPart(data_key.key_id, sealed(data_key.key, plain, _context(staff, part, about)))

    def opened(self, staff: UUID, part: str, kept: SealedPart, about: bytes = b"") -> bytes | None:
        """None when its key was destroyed. Raises `RecordBroken` for a row that was altered or moved."""
        key = self._keys.opening_key(kept.key_id)
        if key is None:
            return None
        what = f"a record of the account of staff member {staff}"
        return opened(key, kept.sealed, _context(staff, part, about), what=what)

    def keyed_hash(self, staff: UUID, part: str, plain: bytes) -> bytes:
        """HMAC-SHA-256 with the living key of the part."""
        return hmac.digest(self._keys.current_key(_stream(staff), part).key, plain, sha256)

    def destroy(self, staff: UUID, part: str | None = None) -> None:
        """Destroys the key of a part, or of all. Raises `LedgerFault`, and then nothing was destroyed."""
        self._keys.destroy(_stream(staff), part)


def _stream(staff: UUID) -> str:
    return f"account-{staff}"


def _context(staff: UUID, part: str, about: bytes) -> bytes:
    return b"putokaz-account-1" + staff.bytes + part.encode() + b"\0" + about
