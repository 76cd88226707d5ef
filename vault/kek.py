"""The key-encryption key: a file that only its owner may read, on another medium than the backups.

Whoever holds it and the vault's database reads everything; whoever loses it has lost every sealed text. It wraps the
data keys (AES-256-GCM) and encrypts nothing else.
"""

from __future__ import annotations

import os
import stat
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import KekFault, WrongKek

_SIZE = 32
_NONCE = 12


class Kek:
    """Wraps and unwraps data keys. `kek_id` (16 bytes) tells keys apart and reveals nothing of them."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _SIZE:
            raise KekFault(f"a key-encryption key has {_SIZE} bytes, this one {len(key)}")
        self._cipher = AESGCM(key)
        self.kek_id = digest(key, b"putokaz kek id", "sha256")[:16]

    def __repr__(self) -> str:
        return f"Kek({self.kek_id.hex()})"

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """`key` encrypted, to be opened with the same `context` only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Raises `WrongKek` when this is not the key, or the row was altered or moved."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context)
        except InvalidTag:
            raise WrongKek(
                "a data key does not open: wrong key-encryption key, or the stored row was altered"
            ) from None


def create_kek(path: Path) -> Kek:
    """Makes a new key in a new file of mode 0400. Raises `KekFault` when the file exists: it may be the only copy."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        raise KekFault(f"{path} exists; it is never overwritten, since a lost key is a lost archive") from None
    except OSError as error:
        raise KekFault(f"{path} cannot be made: {error.strerror}") from None
    key = os.urandom(_SIZE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Kek(key)


def load_kek(path: Path) -> Kek:
    """Reads the key. Raises `KekFault`: missing, readable by anybody but the owner, or not 64 hexadecimal digits."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise KekFault(f"the key-encryption key {path} cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise KekFault(f"{path} has mode {mode:04o}; others may read it. Set it to 0400 and consider the key known")
        text = file.read(4 * _SIZE)
    try:
        return Kek(bytes.fromhex(text.decode("ascii")))
    except ValueError:
        raise KekFault(f"{path} does not hold a key of {2 * _SIZE} hexadecimal digits") from None
