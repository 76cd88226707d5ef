"""`putokaz backup …`: take one, restore it, try it out, bring workflows in line, make the key that it is sealed to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worker.cli.backup_words import tell_drilled, tell_restored
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json
from worker.settings import Settings

if TYPE_CHECKING:
    from eventlog.heads import SignedHead
    from worker.backup.steps import Told

app = typer.Typer(no_args_is_help=True, help="Backups: take, try out, restore. In an emergency: docs/running.md.")

Folder = Annotated[Path, typer.Argument(help="A backup, or the folder of backups: then the newest in it.")]
Key = Annotated[Path | None, typer.Option("--key", help="The private key, where the backup is encrypted.")]
Heads = Annotated[Path | None, typer.Option(help="Signed heads; else those of PUTOKAZ_HEADS_FILE.")]
PublicKey = Annotated[list[str] | None, typer.Option(help="As `log public-key` prints it. Else that of the key here.")]
WithoutLedger = Annotated[
    bool, typer.Option("--without-ledger", help="If the shred ledger is lost for good: erased texts live again.")
]


@app.command()
@plainly
def create(
    folder: Annotated[Path, typer.Argument(help="Where backups lie; a new one is made in it.")],
    keep: Annotated[int | None, typer.Option(min=1, help="Remove all but so many of the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a backup of log and vault, while everything runs.

    DATABASE_URL and PUTOKAZ_VAULT_ADMIN_URL may name a role that only reads. Then try it out: putokaz backup drill.
    """
    from worker.backup.steps import Steps
    from worker.backup.taking import take

    settings = settings_here()
    taken = take(settings, folder, keep=keep, steps=Steps(_shown))
    manifest = taken.manifest
    if as_json:
        removed = [str(path) for path in taken.removed]
        show_json({"folder": str(taken.folder), "removed": removed, "seconds": taken.seconds, "manifest": manifest})
        return
    out.print(f"{taken.folder}", markup=False)
    out.print(
        f"{manifest.events} events in {manifest.streams} streams, up to position {manifest.head}; "
        f"{manifest.keys} keys; {(manifest.log.bytes + manifest.vault.bytes) / 1e6:.1f} MB"
    )
    if manifest.sealed_to is None:
        out.print(
            "[yellow]Not encrypted:[/yellow] ids, codes and dates can be read from it; texts and names are sealed "
            "under the key-encryption key, which is not in it. Set PUTOKAZ_BACKUP_PUBLIC_KEY, or keep it on an "
            "encrypted disk."
        )
    if settings.shred_ledger_file is None:
        out.print(
            "[yellow]No shred ledger:[/yellow] PUTOKAZ_SHRED_LEDGER_FILE is not set, so a restore revives erased texts."
        )


@app.command("restore")
@plainly
def restore_command(
    folder: Folder,
    replace: Annotated[
        str | None,
        typer.Option(help="Name of the log's database, where it holds something: it is kept under another name."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    key: Key = None,
    heads: Heads = None,
    public_key: PublicKey = None,
    without_ledger: WithoutLedger = False,
    without_temporal: Annotated[
        bool, typer.Option("--without-temporal", help="Temporal is away: before any worker starts, `backup align`.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of log and vault.

    First stop worker, relay, projections and web; leave PostgreSQL and Temporal running.

    DATABASE_URL and PUTOKAZ_VAULT_ADMIN_URL name both databases as their owner, who may make databases.

    Nothing in use is touched until the backup has proved good; what was there is kept under another name.

    At its end it says what to do next. Was it killed? docs/running.md, as for every other message.
    """
    from worker.backup.folder import chosen
    from worker.backup.loading import checked
    from worker.backup.restoring import Wishes, restore
    from worker.backup.sealing import load_backup_key
    from worker.backup.steps import Steps

    settings, steps = settings_here(), Steps(_shown)
    backup = checked(chosen(folder), settings, load_backup_key(key) if key else None, steps)
    signed = _heads(settings, heads, public_key or [], backup.manifest.signed_head)
    if replace is not None and not yes:
        err.print(f"{backup.folder.name}: {backup.manifest.events} events, up to position {backup.manifest.head}.")
        typer.confirm(f"Put the databases of {replace} aside and restore this in their place?", abort=True, err=True)
    wishes = Wishes(replace, without_ledger, without_temporal)
    restored = asyncio.run(restore(backup, settings, signed, wishes, steps))
    if as_json:
        show_json(
            {**asdict(restored), "manifest": restored.manifest, "old_heads": str(restored.old_heads or "") or None}
        )
    else:
        tell_restored(restored)
    if restored.aligned is None and not without_temporal:
        raise typer.Exit(Exit.UNAVAILABLE)


@app.command("drill")
@plainly
def drill_command(
    folder: Folder,
    key: Key = None,
    heads: Heads = None,
    public_key: PublicKey = None,
    without_ledger: WithoutLedger = False,
    as_json: AsJson = False,
) -> None:
    """Try a restore in scratch databases; the running system is only read. Exit code 1 if anything differs.

    Safe at any time. Needs the same addresses, keys and files as a restore.

    Did it fail? Take a new backup and drill that one; keep the failed one until you know why.
    """
    from worker.backup.drill import drill
    from worker.backup.folder import chosen
    from worker.backup.loading import checked
    from worker.backup.sealing import load_backup_key
    from worker.backup.steps import Steps

    settings, steps = settings_here(), Steps(_shown)
    backup = checked(chosen(folder), settings, load_backup_key(key) if key else None, steps)
    signed = _heads(settings, heads, public_key or [], backup.manifest.signed_head)
    drilled = asyncio.run(drill(backup, settings, signed, steps, without_ledger=without_ledger))
    if as_json:
        show_json({**asdict(drilled), "age": drilled.age.total_seconds(), "good": drilled.good})
    else:
        tell_drilled(drilled)
    if not drilled.good:
        raise typer.Exit(Exit.WRONG)


@app.command("align")
@plainly
def align_command(as_json: AsJson = False) -> None:
    """Bring Temporal's workflows in line with a restored log, before the workers are started.

    For after a restore without Temporal, or by PostgreSQL's own archive. Repeatable: when in doubt, run it.

    Without it a workflow that knows more than the log ignores the log, and its reminders with it.
    """
    from eventlog.log import EventLog
    from worker.aligning import align
    from worker.backup.restoring import open_streams, pair_of
    from worker.temporal import temporal

    settings = settings_here()
    database = pair_of(settings).log  # as `restore` names it: whoever may restore may do this as well

    async def work() -> None:
        with EventLog(database, size=2) as log:
            aligned = await align(await temporal(settings, lazy=True), log, open_streams(database))
        if as_json:
            show_json(aligned)
        else:
            out.print(
                f"{aligned.running} workflows ran: {aligned.restarted} were started again from the log, "
                f"{aligned.surplus} had no journey and were ended; {aligned.missing} were missing and were started. "
                "Start the processes now."
            )

    asyncio.run(work())


@app.command("key")
@plainly
def key_command(
    file: Annotated[Path, typer.Argument(help="The private key; with --create a new file, on a stick.")],
    create: Annotated[bool, typer.Option("--create", help="Make a new key in FILE first.")] = False,
) -> None:
    """Print the public key that backups are encrypted to: it goes into PUTOKAZ_BACKUP_PUBLIC_KEY."""
    from worker.backup.sealing import create_backup_key, load_backup_key

    made = create_backup_key(file) if create else load_backup_key(file)
    out.print(str(made.public), markup=False)


def _heads(settings: Settings, file: Path | None, given: list[str], in_manifest: str | None) -> list[SignedHead]:
    """The heads to hold the backup against: of the file, else the one that the manifest carries. Fails for bad ones."""
    from eventlog.heads import from_line
    from eventlog.heads_key import load_heads_key, public_key
    from worker.cli.heads import heads_of

    known = file or settings.heads_file
    if known is not None and known.exists():
        good, findings = heads_of(settings, file, given)
        if findings:
            fail(f"{findings[0].says} {findings[0].do} Nothing was changed", Exit.WRONG)
        return good
    if in_manifest is None:
        return []
    keys = [public_key(text) for text in given]
    if not keys and settings.heads_key_file is not None and settings.heads_key_file.exists():
        keys = [load_heads_key(settings.heads_key_file).public]
    head = from_line(in_manifest.encode("ascii"))
    if keys and not any(each.key_id == head.key_id and each.confirms(head.signature, head.message) for each in keys):
        fail("the signed head in the manifest is not by this key: the manifest was forged", Exit.WRONG)
    return [head] if keys else []


@contextmanager
def _shown(name: str) -> Iterator[Told]:
    """A step on standard error: a bar for a person, a line at its end for a file."""
    from time import monotonic

    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    began = monotonic()
    if err.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        with Bar(*columns, console=err, transient=True) as bar:
            task = bar.add_task(name, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total or None)
    else:
        yield lambda done, total: None
    err.print(f"  {name}: {monotonic() - began:.1f} s")


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="backup", rich_help_panel="Processes")
