"""`putokaz log verify`, `sign-head`, `public-key`: whether the log is as it was recorded, and the proof of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json
from worker.settings import Settings

if TYPE_CHECKING:
    from eventlog.findings import Finding
    from eventlog.heads import SignedHead
    from eventlog.heads_key import HeadsPublicKey
    from eventlog.verify import Progress, Verified

_NO_HEADS = (
    "No signed heads were compared, so a cut-off end or a chain computed anew would not show: set PUTOKAZ_HEADS_FILE "
    "or give --heads."
)


@plainly
def verify_command(
    heads: Annotated[Path | None, typer.Option(help="Signed heads; else those of PUTOKAZ_HEADS_FILE.")] = None,
    public_key: Annotated[
        list[str] | None,
        typer.Option(help="As `public-key` prints it; several after a change of keys. Else that of the key here."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the whole chain and compare it with the signed heads. Exit code 1 when something is wrong."""
    from eventlog.verify import verify

    settings = settings_here()
    good, findings = heads_of(settings, heads, public_key or [])
    with _progress() as progress:
        verified = verify(settings.reader, good, progress)
    found = [*findings, *verified.findings]
    wrong = len(findings) + verified.found
    compared = heads is not None or settings.heads_file is not None
    if as_json:
        show_json(
            {
                "intact": not wrong,
                "events": verified.events,
                "streams": verified.streams,
                "head": verified.head,
                "heads_compared": verified.heads,
                "signed_up_to": verified.signed,
                "seconds": round(verified.seconds, 3),
                "found": wrong,
                "findings": [
                    {"kind": f.kind, "position": f.position, "line": f.line, "says": f.says, "do": f.do} for f in found
                ],
            }
        )
    else:
        _tell(verified, found, wrong, compared=compared)
    if wrong:
        raise typer.Exit(Exit.WRONG)


@plainly
def sign_head_command(as_json: AsJson = False) -> None:
    """Sign the head of the log now and write it to the end of PUTOKAZ_HEADS_FILE."""
    from eventlog.heads import sign_head
    from eventlog.heads_key import load_heads_key

    settings = settings_here()
    if settings.heads_file is None or settings.heads_key_file is None:
        fail("set PUTOKAZ_HEADS_FILE and PUTOKAZ_HEADS_KEY_FILE", Exit.USAGE)
    head = sign_head(settings.reader, settings.heads_file, load_heads_key(settings.heads_key_file))
    if as_json:
        show_json({"signed": None if head is None else head.position, "file": str(settings.heads_file)})
    elif head is None:
        out.print("Nothing new to sign.")
    else:
        out.print(f"Signed position {head.position} into {settings.heads_file}.")


@plainly
def public_key_command(
    create: Annotated[bool, typer.Option("--create", help="Make a new key in PUTOKAZ_HEADS_KEY_FILE first.")] = False,
) -> None:
    """Print the public key of the signed heads: keep it on paper or on another machine."""
    from eventlog.heads_key import create_heads_key, load_heads_key

    file = settings_here().heads_key_file
    if file is None:
        fail("set PUTOKAZ_HEADS_KEY_FILE", Exit.USAGE)
    key = create_heads_key(file) if create else load_heads_key(file)
    out.print(str(key.public))


def heads_of(settings: Settings, file: Path | None, given: list[str]) -> tuple[list[SignedHead], list[Finding]]:
    """The heads to compare with; none where there is no file to read them from."""
    from eventlog.heads import read_heads
    from eventlog.heads_key import load_heads_key, public_key

    file = file or settings.heads_file
    if file is None:
        return [], []
    keys: list[HeadsPublicKey] = [public_key(text) for text in given]
    if not keys:
        if settings.heads_key_file is None:
            fail("signed heads prove nothing without a key: give --public-key", Exit.USAGE)
        keys = [load_heads_key(settings.heads_key_file).public]
    return read_heads(file, keys)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on standard error, where that is a terminal."""
    if not err.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("verify", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=max(done, total))


def _tell(verified: Verified, found: list[Finding], wrong: int, *, compared: bool) -> None:
    for finding in found:
        out.print(f"  [red]✗[/red] {_escaped(finding.says)}")
        out.print(f"      → {_escaped(finding.do)}")
    if wrong > len(found):
        out.print(f"  … and {wrong - len(found)} more")
    rate = verified.events / verified.seconds
    out.print(
        f"{verified.events} events in {verified.streams} streams, {verified.seconds:.1f} s ({rate:,.0f} a second). "
        f"Signed heads: {verified.heads}, confirmed up to position {verified.signed} of {verified.head}."
    )
    if not compared:
        out.print(f"[yellow]{_NO_HEADS}[/yellow]")
    out.print(f"[red]{wrong} findings.[/red]" if wrong else "[green]The log is as it was recorded.[/green]")


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
