"""`putokaz doctor`: the state of everything in words, with what to do. Exit code 1 when something is wrong."""

from __future__ import annotations

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, out, plainly, show_json


@plainly
def doctor(as_json: AsJson = False) -> None:
    """Look at every part and say what is wrong and what to do."""
    from worker.health import Finding, examine

    findings: list[Finding] = examine(settings_here())
    if as_json:
        show_json(findings)
    else:
        for finding in findings:
            mark = "[green]✓[/green]" if finding.good else "[red]✗[/red]"
            out.print(f"  {mark} {finding.part:<22} {finding.says}")
            if not finding.good and finding.do:
                out.print(f"      → {finding.do}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(Exit.WRONG)


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Looking")(doctor)
