"""From a backup to two databases that could serve: tables, rows, chain, keys, read models. Both are new and ours alone.

What is wrong with a backup is found here, before anything that is in use is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg

import eventlog.install
import projections.install
import vault.database
from domain.errors import BackupDamaged, BackupForeign
from eventlog.heads import SignedHead
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import is_numbered, objects, query
from eventlog.verify import Verified, verify
from projections.rebuilding import Rebuilt, rebuild
from projections.registry import READ_MODELS
from projections.whole_log import Progress
from vault.kek import load_kek
from vault.keys import Keys
from vault.shredding import ShredLedger, shred_again
from worker.backup.databases import Pair, server_version
from worker.backup.manifest import Manifest, Part, check_files, read_manifest
from worker.backup.sealing import BackupKey
from worker.backup.steps import Steps, Told
from worker.backup.tools import BLOCK, find_tools
from worker.settings import Settings

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose files are whole and that fits this release, these keys and this ledger."""

    folder: Path
    manifest: Manifest
    key: BackupKey | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the new databases. `parked`: streams that this release's read models cannot follow."""

    verified: Verified
    shredded: int
    rebuilt: tuple[Rebuilt, ...]

    @property
    def parked(self) -> int:
        return max((model.parked for model in self.rebuilt), default=0)


def checked(folder: Path, settings: Settings, key: BackupKey | None, steps: Steps) -> Backup:
    """Reads manifest and files. Raises `BackupDamaged` and `BackupForeign`; nothing is touched."""
    manifest = read_manifest(folder)
    _require_known(manifest)
    _require_kek(manifest, settings)
    if manifest.sealed_to is not None and (key is None or key.public.key_id != manifest.sealed_to):
        raise BackupForeign(
            f"the backup is encrypted to the key {manifest.sealed_to}: give its private half with --key"
        )
    with steps.step("files as they were backed up") as told:
        check_files(folder, manifest, told)
    return Backup(folder, manifest, key)


def ledger_keys(settings: Settings, manifest: Manifest, *, without: bool) -> frozenset[UUID]:
    """The keys that are to be destroyed again. Raises `BackupForeign` for a ledger that is missing or lost lines."""
    if without:
        return frozenset()
    ledger = ShredLedger(settings.shred_ledger_file) if settings.shred_ledger_file else None
    extent = ledger.extent(manifest.shredded) if ledger else None
    known = (manifest.shredded, manifest.shredded_sha256)
    if manifest.shredded and (extent is None or (extent.lines, extent.sha256) != known):
        where = "PUTOKAZ_SHRED_LEDGER_FILE is not set" if ledger is None else f"{ledger.file} is another or lost lines"
        raise BackupForeign(
            f"at the time of the backup the shred ledger had {manifest.shredded} lines; {where}. Take its newest copy; "
            "--without-ledger goes on, and revives every key that was destroyed since"
        )
    return ledger.keys() if ledger else frozenset()


def load(
    backup: Backup, pair: Pair, settings: Settings, heads: Sequence[SignedHead], shred: Iterable[UUID], steps: Steps
) -> Loaded:
    """Fills two new databases. `heads` beyond the backup are left out: it ends where it was taken.

    Raises `BackupDamaged` where chain, signed heads or keys do not fit.
    """
    manifest = backup.manifest
    tools = find_tools(max(manifest.server, server_version(pair)))
    with steps.step("tables"):
        eventlog.install.install(pair.log, only=manifest.installed)
        vault.database.install(pair.vault)
        _run(pair.vault, "vault_emptied")
    with steps.step("rows of the log") as told:
        tools.load(pair.log, _content(backup, manifest.log, told))
    with steps.step("rows of the vault") as told:
        tools.load(pair.vault, _content(backup, manifest.vault, told))
    with steps.step("chain and signed heads") as told:
        verified = _verified(pair.log, manifest, heads, told)
    with steps.step("keys destroyed again"):
        shredded = shred_again(pair.vault, sorted(shred))
        _run(pair.vault, "feeds_revoked")
        _run(pair.vault, "sign_in_emptied")
        Keys(pair.vault, load_kek(settings.kek_file)).close()
    with steps.step("level with this release"):
        eventlog.install.install(pair.log)
        projections.install.install(pair.log)
        _run(pair.log, "analyze")
    with steps.step("read models") as told:
        rebuilt = tuple(rebuild(pair.log, model, watch=_watch(told)) for model in READ_MODELS)
    return Loaded(verified, shredded, rebuilt)


def _require_known(manifest: Manifest) -> None:
    ours = {name: sha256(script).hexdigest() for name, script in objects("eventlog") if is_numbered(name)}
    for name, digest in manifest.installed.items():
        if is_numbered(name) and ours.get(name) != digest:
            raise BackupForeign(
                f"the backup was taken by release {manifest.release}, whose eventlog/sql/{name} "
                f"{'differs from ours' if name in ours else 'is not in ours'}: restore it with that release"
            )


def _require_kek(manifest: Manifest, settings: Settings) -> None:
    ours = load_kek(settings.kek_file).kek_id.hex()
    foreign = [kek for kek in manifest.keks if kek != ours]
    if foreign:
        raise BackupForeign(
            f"the vault's keys are wrapped with the key-encryption key {foreign[0]}, PUTOKAZ_KEK_FILE is {ours}: "
            "fetch the one of that time"
        )


def _verified(dsn: str, manifest: Manifest, heads: Sequence[SignedHead], told: Told) -> Verified:
    verified = verify(dsn, [head for head in heads if head.position <= manifest.head], told)
    with reachable(), psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT) as connection:
        row = connection.execute(query("worker.backup", "link_at"), (manifest.head,)).fetchone()
    link = "" if row is None else bytes(row[0]).hex()
    if verified.findings:
        says = " ".join(finding.says for finding in verified.findings[:_SHOWN])
        raise BackupDamaged(f"the log of the backup is not as it was recorded: {says} Take the backup before")
    if (verified.head, verified.events, link) != (manifest.head, manifest.events, manifest.link):
        raise BackupDamaged(f"the log ends at position {verified.head}, the manifest says {manifest.head}")
    return verified


def _content(backup: Backup, part: Part, told: Told) -> Iterator[bytes]:
    done = 0
    for block in _blocks(backup, part):
        done += len(block)
        told(done, part.bytes)
        yield block


def _blocks(backup: Backup, part: Part) -> Iterator[bytes]:
    file = backup.folder / part.name
    if backup.manifest.sealed_to is not None and backup.key is not None:
        yield from backup.key.opened(file)
        return
    with file.open("rb") as content:
        while block := content.read(BLOCK):
            yield block


def _watch(told: Told) -> Callable[[Progress], None]:
    return lambda progress: told(progress.done, progress.total)


def _run(dsn: str, name: str) -> None:
    with reachable(), psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT) as connection:
        connection.execute(query("worker.backup", name))
