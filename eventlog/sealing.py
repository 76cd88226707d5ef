"""Seals free text at the edge, before it travels, and opens it for display.

Bytes: format (1) ‖ key id (16) ‖ nonce (12) ‖ ciphertext and tag, AES-256-GCM. The associated data is the place:
stream, compartment, field and command. A sealed text that was moved to another place does not open there.
"""

from __future__ import annotations

import os
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import KeyDestroyed, SealBroken, TextTooLong
from domain.sealed import MAX_SEALED_BYTES, Compartment, Sealed

_FORMAT = b"\x01"
_KEY_ID = slice(1, 17)
_NONCE = slice(17, 29)
_REST = slice(29, None)
_OVERHEAD = 29 + 16  # before the ciphertext, and the tag behind it
MAX_TEXT_BYTES = MAX_SEALED_BYTES - _OVERHEAD


class CurrentKey(Protocol):
    """A key of 32 bytes and its id."""

    @property
    def key_id(self) -> UUID: ...

    @property
    def key(self) -> bytes: ...


class KeySource(Protocol):
    """Where keys come from; `vault.keys.Keys` is one."""

    def current_key(self, stream: str, compartment: str, /) -> CurrentKey:
        """The key that seals now, made when there is none."""

    def opening_key(self, key_id: UUID, /) -> bytes | None:
        """The key with this id; None when it was destroyed on purpose. Raises `LookupError` for an unknown id."""


class Sealer:
    """Seals and opens texts with the keys of `keys`."""

    def __init__(self, keys: KeySource) -> None:
        self._keys = keys

    def seal(self, text: str, *, stream: str, compartment: Compartment, field: str, command_id: UUID) -> Sealed[Any]:
        """Seals `text` for this place. Raises `TextTooLong` before anything is encrypted.

        `field` is the path of the field in the command and its event, `note` or `parts.2.note`.
        """
        plain = text.encode()
        if len(plain) > MAX_TEXT_BYTES:
            raise TextTooLong(len(plain), MAX_TEXT_BYTES)
        current = self._keys.current_key(stream, compartment.value)
        nonce = os.urandom(12)
        place = _place(stream, compartment, field, command_id)
        return Sealed.from_bytes(
            _FORMAT + current.key_id.bytes + nonce + AESGCM(current.key).encrypt(nonce, plain, place)
        )

    def unseal(
        self, sealed: Sealed[Any], *, stream: str, compartment: Compartment, field: str, command_id: UUID
    ) -> str:
        """The text. Raises `KeyDestroyed` when it was erased, `SealBroken` when it was altered or moved."""
        content = sealed.to_bytes()
        if content[:1] != _FORMAT or len(content) < _OVERHEAD:
            raise SealBroken("this release does not know the format of the sealed text")
        key_id = UUID(bytes=content[_KEY_ID])
        try:
            key = self._keys.opening_key(key_id)
        except LookupError:
            raise SealBroken("the sealed text names a key that does not exist") from None
        if key is None:
            raise KeyDestroyed("the key of this text was destroyed: it is erased")
        try:
            plain = AESGCM(key).decrypt(content[_NONCE], content[_REST], _place(stream, compartment, field, command_id))
        except InvalidTag:
            raise SealBroken("the sealed text was altered, or does not belong here") from None
        return plain.decode()


def _place(stream: str, compartment: Compartment, field: str, command_id: UUID) -> bytes:
    parts = (_FORMAT, stream.encode(), compartment.value.encode(), field.encode(), command_id.bytes)
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
