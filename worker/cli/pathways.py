"""`putokaz pathway …`: check a file, draw it, list what is published."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from worker.cli.migrating import migrate
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json, show_table

app = typer.Typer(no_args_is_help=True, help="Pathways: the rules of a journey as data.")


class Words(StrEnum):
    """In which words a drawing is labelled."""

    SERBIAN_LATIN = "sr-Latn"
    SERBIAN_CYRILLIC = "sr-Cyrl"
    ENGLISH = "en"


@app.command()
@plainly
def check(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Pathway files.")],
    as_json: AsJson = False,
) -> None:
    """Check pathway files: every fault with its line, step and cause. Exit code 1 if there is one."""
    from activities.pathway_files import read_file

    readings = {str(file): read_file(file) for file in files}
    if as_json:
        show_json({name: {"problems": r.problems, "warnings": r.warnings} for name, r in readings.items()})
    else:
        for name, reading in readings.items():
            for problem in reading.problems:
                out.print(f"{name}: {problem}", markup=False)
            for warning in reading.warnings:
                out.print(f"{name}: warning: {warning}", markup=False)
            if reading.pinned is not None:
                pathway = reading.pinned.pathway
                steps = sum(len(stage.steps) for stage in pathway.stages)
                sha256 = reading.pinned.pin.sha256
                out.print(f"{name}: good: {len(pathway.stages)} stages, {steps} steps, sha256 {sha256}")
    if any(reading.problems for reading in readings.values()):
        raise typer.Exit(Exit.WRONG)


@app.command()
@plainly
def draw(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    to: Annotated[Path | None, typer.Option("--to", help="Where to write the SVG; default: beside the file.")] = None,
    words: Annotated[Words, typer.Option(help="In which words.")] = Words.SERBIAN_LATIN,
) -> None:
    """Draw a pathway as SVG: stages, steps, who does them, what opens what."""
    import cyrtranslit

    from activities.pathway_files import read_file
    from domain.pathway.drawing import draw as drawn
    from domain.pathway.wording import Language

    reading = read_file(file)
    if reading.pinned is None:
        for problem in reading.problems:
            err.print(f"{file}: {problem}", markup=False)
        raise typer.Exit(Exit.WRONG)
    pathway = reading.pinned.pathway
    match words:
        case Words.ENGLISH:
            svg = drawn(pathway, Language.ENGLISH)
        case Words.SERBIAN_CYRILLIC:
            svg = drawn(pathway, Language.SERBIAN)
        case Words.SERBIAN_LATIN:
            svg = drawn(pathway, Language.SERBIAN, cyrtranslit.to_latin)
    target = to or file.with_suffix(".svg")
    target.write_text(svg, encoding="utf-8")
    out.print(f"drawn: {target}")


@app.command()
@plainly
def schema() -> None:
    """Print the JSON Schema of pathway files, for editors."""
    from domain.pathway.schema import schema_text

    typer.echo(schema_text(), nl=False)


@app.command("list")
@plainly
def show_all(
    folder: Annotated[Path | None, typer.Option(help="Default: the folder `pathways` of this checkout.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the pathways and versions that are here."""
    from activities.pathway_files import PathwayStore
    from worker.settings import CHECKOUT

    store = PathwayStore(folder or CHECKOUT / "pathways")
    rows = [
        {
            "pathway": pinned.pin.name,
            "version": pinned.pin.version,
            "title": pinned.pathway.title.en,
            "stages": len(pinned.pathway.stages),
            "steps": sum(len(stage.steps) for stage in pinned.pathway.stages),
            "sha256": pinned.pin.sha256,
        }
        for pinned in store.all()
    ]
    if as_json:
        show_json(rows)
        return
    if not rows:
        fail("there is no pathway here; a pathway is a file pathways/<name>/<version>.yaml", Exit.WRONG)
    show_table(tuple(rows[0]), (tuple(row.values()) for row in rows))


app.command("migrate")(migrate)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="pathway", rich_help_panel="Pathways")
