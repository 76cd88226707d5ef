"""Taking a backup while everything runs.

The log first, of one snapshot, then the vault: a key is made before the text that it seals is recorded, so the vault's
later snapshot holds every key that the log's needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import IsolationLevel

from domain.errors import BackupFault, HeadsFault
from eventlog.heads import from_line
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import query
from vault.shredding import ShredLedger
from worker.backup.folder import fresh, prune
from worker.backup.manifest import Manifest, Part, write_manifest
from worker.backup.sealing import BackupPublicKey
from worker.backup.steps import Steps, Told
from worker.backup.tools import BLOCK, Tools, find_tools
from worker.settings import Settings


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made; `removed` are older ones that were not to be kept."""

    folder: Path
    manifest: Manifest
    removed: tuple[Path, ...]
    seconds: dict[str, float]


def take(settings: Settings, folder: Path, *, keep: int | None = None, steps: Steps | None = None) -> Taken:
    """Makes a backup in `folder`, then removes all but the newest `keep`.

    `DATABASE_URL` and the vault's address may be those of a role that only reads. Raises `BackupFault`, `Unavailable`.
    """
    steps = steps or Steps()
    public = BackupPublicKey(settings.backup_public_key) if settings.backup_public_key else None
    extent = ShredLedger(settings.shred_ledger_file).extent() if settings.shred_ledger_file else None
    now = datetime.now(UTC)
    with fresh(folder, now) as (partial, whole):
        with _snapshot(settings.database_url.get_secret_value(), "log_state") as (log, dsn, state):
            snapshot, server, head, link, recorded_at, events, streams, outcomes = state
            tools = find_tools(server)
            installed: dict[str, str] = dict(log.execute(query("worker.backup", "installed")).fetchall())
            signed = _signed_head(log, settings.heads_file)
            with steps.step("log") as told:
                log_part = _dumped(tools, dsn, "eventlog", snapshot, partial, public, told)
        with _snapshot(settings.vault_admin, "vault_state") as (_, dsn, state), steps.step("vault") as told:
            snapshot, keks, keys = state
            vault_part = _dumped(tools, dsn, "vault", snapshot, partial, public, told)
        manifest = Manifest(
            taken_at=now,
            release=settings.release,
            server=server,
            head=head,
            link=bytes(link).hex(),
            recorded_at=recorded_at,
            events=events,
            streams=streams,
            outcomes=outcomes,
            installed=installed,
            keks=tuple(sorted(keks)),
            keys=keys,
            shredded=extent.lines if extent else 0,
            shredded_sha256=extent.sha256 if extent else sha256(b"").hexdigest(),
            signed_head=signed,
            sealed_to=public.key_id if public else None,
            log=log_part,
            vault=vault_part,
        )
        _on_disk(write_manifest(partial, manifest))
    removed = tuple(prune(folder, keep)) if keep else ()
    return Taken(whole, manifest, removed, steps.seconds)


@contextmanager
def _snapshot(dsn: str, state: str) -> Iterator[tuple[psycopg.Connection[Any], str, tuple[Any, ...]]]:
    """A connection that holds one snapshot, which `pg_dump` uses as well, and what is known of it."""
    with (
        reachable(),
        psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT, application_name="putokaz-backup") as connection,
    ):
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            row = connection.execute(query("worker.backup", state)).fetchone()
        except psycopg.errors.UndefinedTable:
            raise BackupFault("this database holds nothing of ours: is DATABASE_URL right?") from None
        assert row is not None  # it counts
        yield connection, dsn, row


def _dumped(
    tools: Tools, dsn: str, schema: str, snapshot: str, folder: Path, public: BackupPublicKey | None, told: Told
) -> Part:
    name = f"{schema}.dump" + (".sealed" if public else "")
    digest, size = sha256(), 0
    with tools.dump(dsn, schema=schema, snapshot=snapshot) as archive, _private(folder / name) as file:
        blocks = _blocks(archive)
        for block in public.sealed(blocks) if public else blocks:
            file.write(block)
            digest.update(block)
            size += len(block)
            told(size, 0)
        file.flush()
        os.fsync(file.fileno())
    return Part(name=name, bytes=size, sha256=digest.hexdigest())


def _blocks(archive: IO[bytes]) -> Iterable[bytes]:
    while block := archive.read(BLOCK):
        yield block


def _signed_head(log: psycopg.Connection[Any], heads: Path | None) -> str | None:
    """The newest line of the heads file whose link is in the log. Its signature is looked at by a restore."""
    if heads is None or not heads.exists():
        return None
    for line in reversed(heads.read_bytes().splitlines()):
        try:
            head = from_line(line)
        except HeadsFault:
            continue  # being written just now, or broken: that is for `log verify` to say
        row = log.execute(query("worker.backup", "link_at"), (head.position,)).fetchone()
        if row is not None and bytes(row[0]) == head.chain:
            return line.decode("ascii")
    return None


def _private(file: Path) -> IO[bytes]:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _on_disk(file: Path) -> None:
    file.chmod(0o600)
    with file.open("rb") as written:
        os.fsync(written.fileno())
