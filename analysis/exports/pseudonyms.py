"""Ids that mean something within one export only.

Each is the HMAC-SHA256 of an id under a key of that export, cut to 128 bits. The key is thrown away once the file is
made: neither can two files be joined by it, nor can a file be joined with our log, by us either.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from uuid import UUID

from domain.codes import SYSTEM_ACTOR

KEY_BYTES = 32
SIGNS = 32
"""Hexadecimal signs of a pseudonym: 128 bits, so that no two ids of a country get the same one."""
ENGINE = "engine"
"""What the clock does is nobody's."""
_BLOCK = 64  # bytes of a block of SHA-256 (RFC 2104)
_SYSTEM = SYSTEM_ACTOR.int


def new_key() -> bytes:
    """A key for one export."""
    return secrets.token_bytes(KEY_BYTES)


class Pseudonyms:
    """Safe for many threads. `key` has `KEY_BYTES` bytes."""

    def __init__(self, key: bytes) -> None:
        self._base = hmac.new(key, digestmod=hashlib.sha256)
        padded = key.ljust(_BLOCK, b"\0")
        self.inner = bytes(byte ^ 0x36 for byte in padded)
        self.outer = bytes(byte ^ 0x5C for byte in padded)
        """What PostgreSQL needs for the same (`sha256(outer || sha256(inner || id))`): it has no HMAC of its own."""
        self._of = lru_cache(maxsize=100_000)(self._made)  # by number: that of an id is found without comparing ids

    def of(self, id_: UUID) -> str:
        """The pseudonym of a journey, provider, mission or contact."""
        return self._of(id_.int)

    def of_staff(self, staff: UUID) -> str:
        """That of a member of staff; `engine` for what the clock does."""
        return ENGINE if staff.int == _SYSTEM else self._of(staff.int)

    def _made(self, number: int) -> str:
        digest = self._base.copy()
        digest.update(number.to_bytes(16))
        return digest.hexdigest()[:SIGNS]
