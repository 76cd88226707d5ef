"""`putokaz keyring show | create | add | use | rotate | retire`: the keys of what Temporal stores."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, out, plainly, show_json

KeyId = Annotated[str, typer.Argument(help="As `show` names it.")]


@plainly
def show_command(as_json: AsJson = False) -> None:
    """The ids of the keys and which one encrypts; never a key."""
    from worker.keyring import load_keyring

    ring = load_keyring(settings_here().keyring_file)
    if as_json:
        show_json({"current": ring.current, "keys": sorted(ring.keys)})
        return
    for key_id in sorted(ring.keys):
        out.print(f"{key_id}{'  encrypts' if key_id == ring.current else '  opens what it once encrypted'}")


@plainly
def create_command() -> None:
    """Make PUTOKAZ_KEYRING_FILE with its first key. An existing one is never overwritten."""
    from worker.keyring import create_keyring

    file = settings_here().keyring_file
    create_keyring(file)
    out.print(f"{file} made, mode 0600.")


@plainly
def add_command() -> None:
    """Rotation, first half: add a key that does not encrypt yet, so that every process can learn to read it."""
    from worker.keyring import add

    key_id = add(settings_here().keyring_file)
    out.print(f"{key_id} added. Give the file to every process, restart them all, then `putokaz keyring use {key_id}`.")


@plainly
def use_command(key_id: KeyId) -> None:
    """Rotation, second half: make a key the one that encrypts. Only once every process was restarted with it."""
    from worker.keyring import use

    use(settings_here().keyring_file, key_id)
    out.print(f"{key_id} encrypts. Give the file to every process and restart them.")


@plainly
def rotate_command() -> None:
    """Both halves at once: only with every process stopped.

    One that still runs cannot read what the others write. While they run: add, restart them, use, restart them.

    Is a key known to strangers? Rotate, start, and `retire` it after 30 days and Temporal's retention time.
    """
    from worker.keyring import rotate

    ring = rotate(settings_here().keyring_file)
    out.print(f"{ring.current} added. Give the file to every process and start them: it encrypts from then on.")


@plainly
def retire_command(
    key_id: KeyId,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="30 days and Temporal's retention time have passed since another key encrypts."),
    ] = False,
) -> None:
    """Take an old key out for ever: what Temporal still holds under it can then be read by nobody."""
    from worker.keyring import retire

    if not yes:
        typer.confirm(
            "Have 30 days (a run's longest life) and Temporal's retention time passed since another key encrypts?",
            abort=True,
        )
    retire(settings_here().keyring_file, key_id)
    out.print(f"{key_id} is gone. Give the file to every process and restart them.")


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    keyring = typer.Typer(help="The keys of what Temporal stores: add, use, much later retire.", no_args_is_help=True)
    keyring.command("show")(show_command)
    keyring.command("create")(create_command)
    keyring.command("add")(add_command)
    keyring.command("use")(use_command)
    keyring.command("rotate")(rotate_command)
    keyring.command("retire")(retire_command)
    parent.add_typer(keyring, name="keyring", rich_help_panel="Processes")
