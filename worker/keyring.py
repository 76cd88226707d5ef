"""The key ring of the Temporal codec: a file that only its owner may read, with the current key and the older ones.

    {"current": "k2", "keys": {"k1": "<base64>", "k2": "<base64>"}}

An older key stays as long as Temporal may keep a payload made with it (its retention time); then take it out.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from domain.errors import KeyRingFault

_SIZE = 32
_LOST = "Restore it; if it is lost for good, put it aside, `putokaz keyring create`, and restart every process"


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Keys of 32 bytes by id; `current` is the id of the one that encrypts."""

    current: str
    keys: dict[str, bytes]

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise KeyRingFault(f"the key ring has no key {self.current!r}, which it names as current")
        for key_id, key in self.keys.items():
            if len(key) != _SIZE:
                raise KeyRingFault(f"key {key_id!r} of the ring has {len(key)} bytes instead of {_SIZE}")


def create_keyring(path: Path) -> KeyRing:
    """Makes a ring of one new key in a new file of mode 0600. Raises `KeyRingFault` when the file exists."""
    ring = KeyRing("k1", {"k1": os.urandom(_SIZE)})
    try:
        _write_new(path, ring)
    except FileExistsError:
        raise KeyRingFault(f"{path} exists; rotate it instead") from None
    except OSError as error:
        raise KeyRingFault(f"{path} cannot be made: {error.strerror}") from None
    return ring


def load_keyring(path: Path) -> KeyRing:
    """Reads a ring. Raises `KeyRingFault`: missing, readable by anybody but the owner, or malformed."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise KeyRingFault(f"the key ring {path} cannot be read: {error.strerror}. {_LOST}") from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise KeyRingFault(f"{path} has mode {mode:04o}; others may read it. Set it to 0600 and rotate its key")
        content = file.read()
    try:
        raw = json.loads(content)
        return KeyRing(
            raw["current"], {name: base64.b64decode(key, validate=True) for name, key in raw["keys"].items()}
        )
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise KeyRingFault(f"{path} is not a key ring. {_LOST}") from None


def add(path: Path) -> str:
    """Adds a new key that does not encrypt yet, and gives its id. Restart every process, so that each can read it."""
    ring = load_keyring(path)
    number = len(ring.keys) + 1
    while f"k{number}" in ring.keys:
        number += 1
    _replace(path, KeyRing(ring.current, {**ring.keys, f"k{number}": os.urandom(_SIZE)}))
    return f"k{number}"


def use(path: Path, key_id: str) -> KeyRing:
    """Makes a key of the ring the one that encrypts. Raises `KeyRingFault` where the ring has it not."""
    ring = KeyRing(key_id, load_keyring(path).keys)
    _replace(path, ring)
    return ring


def rotate(path: Path) -> KeyRing:
    """Adds a new key and makes it current at once: for one process, or where all of them are stopped."""
    return use(path, add(path))


def retire(path: Path, key_id: str) -> KeyRing:
    """Takes a key out for ever. Raises `KeyRingFault` for the current one, and for one that is not there."""
    ring = load_keyring(path)
    if key_id == ring.current:
        raise KeyRingFault(f"key {key_id!r} is the one that encrypts: make another one current first")
    if key_id not in ring.keys:
        raise KeyRingFault(f"the key ring has no key {key_id!r}")
    left = KeyRing(ring.current, {name: key for name, key in ring.keys.items() if name != key_id})
    _replace(path, left)
    return left


def _replace(path: Path, ring: KeyRing) -> None:
    """As a whole: a reader finds the old ring or the new one."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    _write_new(fresh, ring)
    fresh.replace(path)


def _write_new(path: Path, ring: KeyRing) -> None:
    keys = {name: base64.b64encode(key).decode() for name, key in ring.keys.items()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"current": ring.current, "keys": keys}, file)
        file.flush()
        os.fsync(file.fileno())
