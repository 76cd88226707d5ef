"""Restoring a backup: all of it beside what is there, then in its place at once, then workflows in line with it.

Until the databases change places nothing that is in use is touched; what was in use is kept under another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import TargetRefused, Unavailable
from eventlog.heads import SignedHead
from eventlog.log import EventLog
from vault.shredding import destroyed_keys
from worker.aligning import Aligned, align, require_temporal
from worker.audit.expected import Expectations
from worker.backup.databases import Pair, create, drop, filled, require_one_server, require_unused, swap
from worker.backup.loading import Backup, Loaded, ledger_keys, load
from worker.backup.manifest import Manifest
from worker.backup.steps import Steps
from worker.settings import Settings
from worker.temporal import temporal

RESTORING = "restoring"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator says. `replace`: the name of the log's database, where it may be put aside."""

    replace: str | None = None
    without_ledger: bool = False
    without_temporal: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """`lost`: positions that were signed once and are in no event now, from the first to the last, or None.

    `kept` are the databases that were there before; `old_heads` the heads file that was put aside; `aligned` is None
    where Temporal was left out, or went away before all workflows were in line: then `align` has to be run.
    """

    manifest: Manifest
    loaded: Loaded
    lost: tuple[int, int] | None
    kept: tuple[str, str] | None
    old_heads: Path | None
    aligned: Aligned | None
    seconds: dict[str, float]


def pair_of(settings: Settings) -> Pair:
    """The databases in use, by their administrators' addresses."""
    return Pair(settings.database_url.get_secret_value(), settings.vault_admin)


async def restore(
    backup: Backup, settings: Settings, heads: Sequence[SignedHead], wishes: Wishes, steps: Steps
) -> Restored:
    """Restores into the databases that the settings name.

    Raises `TargetRefused` where they hold something that was not named, or where somebody works with them;
    `BackupDamaged`, `BackupForeign`, `Unavailable`. Then nothing was changed. Once the databases have changed places
    it says what it did, whatever becomes of Temporal: it must not sound as if nothing had happened.
    """
    pair, at = pair_of(settings), datetime.now(UTC)
    client = None if wishes.without_temporal else await temporal(settings, lazy=True)
    if client is not None:
        await require_temporal(client)
    require_one_server(pair)
    _require_free(pair, wishes.replace)
    require_unused(pair)
    shred = set(ledger_keys(settings, backup.manifest, without=wishes.without_ledger))
    holds = filled(pair.vault)
    if holds and not wishes.without_ledger:
        shred |= destroyed_keys(pair.vault)
    fresh = pair.beside(RESTORING)
    try:
        with steps.step("databases beside those in use"):
            create(fresh, like=pair)
        loaded = load(backup, fresh, settings, heads, shred, steps)
        with steps.step("in their place"):
            was_filled = bool(holds or filled(pair.log))
            old = swap(pair, fresh, at)
    except BaseException:
        drop(fresh)
        raise
    if old is not None and not was_filled:
        drop(old)  # they were empty
        old = None
    lost = _lost(heads, backup.manifest.head)
    old_heads = _heads_aside(settings.heads_file, backup, lost, at) if lost else None
    aligned = None
    if client is not None:
        with suppress(Unavailable), steps.step("workflows"), EventLog(pair.log, size=2) as log:
            aligned = await align(client, log, open_streams(pair.log))
    return Restored(
        manifest=backup.manifest,
        loaded=loaded,
        lost=lost,
        kept=old.names if old else None,
        old_heads=old_heads,
        aligned=aligned,
        seconds=steps.seconds,
    )


def open_streams(dsn: str) -> list[str]:
    """The streams that are to have a workflow, as the log says: none where this release cannot read what happened.

    Raises `Unavailable`.
    """
    with EventLog(dsn, size=1) as log:
        expected = Expectations(log).read()
    return sorted(name for name, each in expected.items() if each.needs_workflow and each.is_readable)


def _require_free(pair: Pair, replace: str | None) -> None:
    held = [table for dsn in (pair.log, pair.vault) for table in filled(dsn)]
    name = pair.names[0]
    if held and replace is None:
        raise TargetRefused(
            f"the databases {name} and {pair.names[1]} hold something ({', '.join(held[:3])}). "
            f"--replace {name} puts them aside under another name and restores in their place"
        )
    if replace is not None and replace != name:
        raise TargetRefused(f"--replace {replace}: the database here is {name}. Nothing was changed")


def _lost(heads: Sequence[SignedHead], head: int) -> tuple[int, int] | None:
    newest = max((signed.position for signed in heads), default=0)
    return (head + 1, newest) if newest > head else None


def _heads_aside(file: Path | None, backup: Backup, lost: tuple[int, int] | None, at: datetime) -> Path | None:
    """A heads file that says more than the log would stop all signing: it is kept with a note, and a new one begun."""
    if file is None or not file.exists() or lost is None:
        return None
    aside = file.with_name(f"{file.name}.before-{at:%Y%m%dT%H%M%SZ}")
    note = aside.with_name(aside.name + ".note")
    note.write_text(
        f"{at:%Y-%m-%d %H:%M} UTC: the backup {backup.folder.name} was restored; the log ends at position "
        f"{backup.manifest.head}. Positions {lost[0]} to {lost[1]} were signed in {aside.name} and are lost.\n",
        encoding="utf-8",
    )
    file.rename(aside)
    return aside
