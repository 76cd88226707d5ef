"""Backups encrypted to a public key, so that the machine that makes them cannot read them, nor whoever steals one.

The private key lies elsewhere, on paper or on a stick, and is needed for a restore or a drill only. A file is: mark,
ephemeral X25519 public key, then blocks of 1 MiB, each sealed with AES-256-GCM under one key derived (HKDF-SHA256) from
both public keys and their shared secret. The nonce is the block's number and whether it is the last: blocks that were
changed, moved, left out or cut off at the end do not open. This is the construction of `age` (C2SP, STREAM) with AES.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import BackupDamaged, BackupFault

_MARK = b"putokaz backup 1\n"
_KEY = 32
_BLOCK = 1 << 20
_TAG = 16


class BackupPublicKey:
    """Encrypts. `key_id` (16 hexadecimal digits) tells keys apart."""

    def __init__(self, text: str) -> None:
        """The key as it was printed. Raises `BackupFault` for anything else."""
        try:
            self._raw = base64.b64decode(text.strip(), validate=True)
            self._key = X25519PublicKey.from_public_bytes(self._raw)
        except (binascii.Error, ValueError):
            raise BackupFault("this is no public key for backups: give what `putokaz backup key` prints") from None
        self.key_id = sha256(self._raw).hexdigest()[:16]

    def __str__(self) -> str:
        return base64.b64encode(self._raw).decode("ascii")

    def sealed(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """The content, encrypted, some at a time."""
        own = X25519PrivateKey.generate()
        ephemeral = own.public_key().public_bytes_raw()
        cipher = _cipher(own.exchange(self._key), ephemeral, self._raw)
        yield _MARK + ephemeral
        block, number = b"", 0
        for piece in content:
            block += piece
            while len(block) > _BLOCK:  # a full one is kept back: it may be the last
                yield cipher.encrypt(_nonce(number, last=False), block[:_BLOCK], None)
                block, number = block[_BLOCK:], number + 1
        yield cipher.encrypt(_nonce(number, last=True), block, None)


class BackupKey:
    """Opens. Shows nothing of itself."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != _KEY:
            raise BackupFault(f"a key for backups has {_KEY} bytes, this one {len(raw)}")
        self._key = X25519PrivateKey.from_private_bytes(raw)
        self._public = self._key.public_key().public_bytes_raw()
        self.public = BackupPublicKey(base64.b64encode(self._public).decode("ascii"))

    def opened(self, file: Path) -> Iterator[bytes]:
        """The content of a sealed file. Raises `BackupDamaged`: then nothing that came before may be used either."""
        with file.open("rb") as sealed:
            if sealed.read(len(_MARK)) != _MARK:
                raise BackupDamaged(f"{file} is no sealed backup")
            ephemeral = sealed.read(_KEY)
            try:
                shared = self._key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
            except ValueError:
                raise BackupDamaged(f"{file} is no sealed backup") from None
            cipher = _cipher(shared, ephemeral, self._public)
            block, number = sealed.read(_BLOCK + _TAG), 0
            while True:
                following = sealed.read(_BLOCK + _TAG)
                try:
                    yield cipher.decrypt(_nonce(number, last=not following), block, None)
                except InvalidTag:
                    raise BackupDamaged(f"{file} does not open: another key, or it was altered or cut off") from None
                if not following:
                    return
                block, number = following, number + 1


def create_backup_key(path: Path) -> BackupKey:
    """Makes a private key in a new file of mode 0600. Raises `BackupFault` when the file exists."""
    key = BackupKey(X25519PrivateKey.generate().private_bytes_raw())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupFault(f"{path} exists; it is never overwritten: older backups open with it alone") from None
    except OSError as error:
        raise BackupFault(f"{path} cannot be made: {error.strerror}") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key._key.private_bytes_raw()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def load_backup_key(path: Path) -> BackupKey:
    """Reads a private key. Raises `BackupFault`: missing, readable by anybody but the owner, or malformed."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise BackupFault(f"the key for backups {path} cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise BackupFault(f"{path} has mode {mode:04o}; others may read it. Set it to 0600 and make a new key")
        text = file.read(4 * _KEY)
    try:
        return BackupKey(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise BackupFault(f"{path} does not hold a key for backups") from None


def _cipher(shared: bytes, ephemeral: bytes, recipient: bytes) -> AESGCM:
    # A fresh ephemeral key each time makes a fresh key each time, so counting nonces from 0 repeats none.
    derived = HKDF(SHA256(), 32, salt=ephemeral + recipient, info=_MARK).derive(shared)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
