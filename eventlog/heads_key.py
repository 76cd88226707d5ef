"""The key that signs heads: Ed25519, in a file that only its owner may read, away from the database and its owner.

Its public half may be known to anybody; whoever verifies should have it on paper or on another machine.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.errors import HeadsFault

_SIZE = 32


class HeadsPublicKey:
    """Checks signatures. `key_id` (16 hexadecimal digits) tells keys apart."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != _SIZE:
            raise HeadsFault(f"a public key has {_SIZE} bytes, this one {len(raw)}")
        self._key = Ed25519PublicKey.from_public_bytes(raw)
        self._raw = raw
        self.key_id = sha256(raw).hexdigest()[:16]

    def __str__(self) -> str:
        return base64.b64encode(self._raw).decode("ascii")

    def confirms(self, signature: bytes, message: bytes) -> bool:
        """Whether the private half signed exactly this."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class HeadsKey:
    """Signs. Shows nothing of itself."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SIZE:
            raise HeadsFault(f"a key for heads has {_SIZE} bytes, this one {len(seed)}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = HeadsPublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


def public_key(text: str) -> HeadsPublicKey:
    """A public key as it was printed. Raises `HeadsFault` for anything else."""
    try:
        return HeadsPublicKey(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise HeadsFault("this is no public key: give what `putokaz log public-key` prints, 44 characters") from None


def create_heads_key(path: Path) -> HeadsKey:
    """Makes a new key in a new file of mode 0600. Raises `HeadsFault` when the file exists."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise HeadsFault(f"{path} exists; it is never overwritten. For a new key, name another file") from None
    except OSError as error:
        raise HeadsFault(f"{path} cannot be made: {error.strerror}") from None
    seed = os.urandom(_SIZE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(base64.b64encode(seed).decode("ascii") + "\n")
        file.flush()
        os.fsync(file.fileno())
    return HeadsKey(seed)


def load_heads_key(path: Path) -> HeadsKey:
    """Reads the key. Raises `HeadsFault`: missing, readable by anybody but the owner, or malformed."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise HeadsFault(
            f"the key for signed heads {path} cannot be read: {error.strerror}. "
            "`putokaz log public-key --create` makes one"
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise HeadsFault(f"{path} has mode {mode:04o}; others may sign with it. Set it to 0600 and make a new key")
        text = file.read(4 * _SIZE)
    try:
        return HeadsKey(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise HeadsFault(f"{path} does not hold a key for signed heads; restore it, or make a new one") from None
