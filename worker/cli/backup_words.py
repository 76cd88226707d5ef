"""What a restore and a drill say at their end: read at night by somebody who has never seen it before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worker.cli.output import out

if TYPE_CHECKING:
    from eventlog.verify import Verified
    from worker.backup.drill import Drilled
    from worker.backup.restoring import Restored


def tell_restored(restored: Restored) -> None:
    """What came back, what is lost, and what to do now, in order."""
    verified = restored.loaded.verified
    out.print(
        f"Restored: {verified.events} events in {verified.streams} streams, up to position {verified.head}, "
        f"as recorded. {_signed(verified)}"
    )
    if restored.lost:
        first, last = restored.lost
        out.print(
            f"[yellow]Lost:[/yellow] positions {first} to at least {last}, recorded after the backup. "
            "What was done since has to be entered again."
        )
    if restored.old_heads:
        out.print(f"The heads file is kept as {restored.old_heads}, with a note; a new one begins.")
    out.print(f"Keys destroyed again: {restored.loaded.shredded}.")
    if restored.loaded.parked:
        out.print(f"[red]{restored.loaded.parked} journeys are parked:[/red] see `putokaz projections parked`.")
    if restored.kept:
        log, vault = restored.kept
        out.print(f"What was there before is kept as {log} and {vault}; drop them when nobody needs them any more.")
    if (a := restored.aligned) is not None:
        out.print(f"Workflows: {a.restarted} started again, {a.missing} started, {a.surplus} ended.")
    out.print(f"{sum(restored.seconds.values()):.0f} s. What to do now:")
    todo = ["start the processes", "`putokaz doctor`", "`putokaz log verify`"]
    if restored.aligned is None:
        todo.insert(0, "[yellow]before any worker is started:[/yellow] `putokaz backup align`, once Temporal is there")
    for number, each in enumerate(todo, start=1):
        out.print(f"  {number}. {each}")


def _signed(verified: Verified) -> str:
    if not verified.heads:
        return "No signed head was compared, so an end cut off before the backup would not show."
    return f"Confirmed by a signed head up to {verified.signed}."


def tell_drilled(drilled: Drilled) -> None:
    """What a restore would be worth, and whether this backup would do."""
    for name, seconds in drilled.seconds.items():
        out.print(f"{name:<40} {seconds / 60:6.2f} min")
    # A restore starts workflows too, but need not wait until each has been looked at.
    whole = sum(s for name, s in drilled.seconds.items() if not name.endswith(("compared", "removed"))) / 60
    out.print(f"How much would be lost (RPO): what was recorded in the last {_hours(drilled.age.total_seconds())}.")
    out.print(f"How long it would take (RTO): {whole:.1f} minutes on this machine, once somebody begins.")
    out.print(f"{drilled.events} events, {drilled.journeys} open journeys, {drilled.shredded} keys destroyed again.")
    for each in drilled.not_run:
        out.print(f"[yellow]Not tried:[/yellow] {each}")
    _list(drilled.differences)


def _list(differences: Sequence[str]) -> None:
    for each in differences:
        out.print(f"  [red]✗[/red] {each}")
    out.print(f"[red]{len(differences)} differences.[/red]" if differences else "[green]This backup would do.[/green]")


def _hours(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
