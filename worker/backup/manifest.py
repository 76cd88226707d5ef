"""What a backup says of itself: `manifest.json` beside its files. No secrets, and nothing about people."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from domain.errors import BackupDamaged, BackupForeign

FORMAT = 1
NAME = "manifest.json"
_STEP = 1 << 20


class Part(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """`head` and `link` are the log's last position and its chain there; times are UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    taken_at: AwareDatetime
    release: str
    server: int
    """Major version of PostgreSQL."""
    head: int
    link: str
    recorded_at: AwareDatetime | None
    events: int
    streams: int
    outcomes: int
    installed: dict[str, str]
    """Files of `eventlog/sql` that made the tables, with their sha256."""
    keks: tuple[str, ...]
    """Ids of the key-encryption keys that its data keys are wrapped with."""
    keys: int
    """Data keys that were alive."""
    shredded: int
    shredded_sha256: str
    """The shred ledger as it was: number of lines, and sha256 over them."""
    signed_head: str | None
    """The newest line of the heads file that the log confirmed then."""
    sealed_to: str | None
    """Id of the public key that the files are encrypted to."""
    log: Part
    vault: Part


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """The file that makes a folder a backup: written last."""
    file = folder / NAME
    file.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return file


def read_manifest(folder: Path) -> Manifest:
    """Raises `BackupDamaged`, and `BackupForeign` for a format of a later release."""
    file = folder / NAME
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BackupDamaged(f"{file} cannot be read ({error.strerror}): {folder} is no whole backup") from None
    try:
        manifest = Manifest.model_validate_json(text)
    except (ValidationError, UnicodeDecodeError):
        raise BackupDamaged(f"{file} is no manifest of a backup, or was altered") from None
    if manifest.format != FORMAT:
        raise BackupForeign(f"the backup has format {manifest.format}, this release reads {FORMAT}")
    return manifest


def check_files(folder: Path, manifest: Manifest, told: Callable[[int, int], None]) -> None:
    """Reads every file and compares size and sha256; `told` bytes read and in all. Raises `BackupDamaged`."""
    total, done = manifest.log.bytes + manifest.vault.bytes, 0
    for part in (manifest.log, manifest.vault):
        digest, size = sha256(), 0
        try:
            with (folder / part.name).open("rb") as file:
                while block := file.read(_STEP):
                    digest.update(block)
                    size += len(block)
                    told(done + size, total)
        except OSError as error:
            raise BackupDamaged(f"{folder / part.name} cannot be read: {error.strerror}") from None
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise BackupDamaged(
                f"{folder / part.name} is not the file that was backed up ({size} bytes, then {part.bytes}). "
                "Take another copy, or the backup before"
            )
        done += size
