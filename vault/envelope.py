"""A record under a data key: AES-256-GCM, a new nonce each time, bound to the place that its context names."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import RecordBroken

_NONCE = 12


def sealed(key: bytes, content: bytes, context: bytes) -> bytes:
    """Opens again with the same key and context only."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def opened(key: bytes, record: bytes, context: bytes, *, what: str = "a record of the vault") -> bytes:
    """Raises `RecordBroken`, which says `what`: altered, or moved from another place."""
    try:
        return AESGCM(key).decrypt(record[:_NONCE], record[_NONCE:], context)
    except InvalidTag:
        raise RecordBroken(f"{what} does not open: altered, or moved from another row") from None
