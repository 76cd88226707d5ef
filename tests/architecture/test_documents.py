"""What the documentation names exists: files, commands, variables, targets of make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from tests.architecture.sources import ROOT
from worker.cli import app
from worker.settings import VARIABLES

PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
SCREENS = ROOT / "docs/screens"
LINK = re.compile(r"\]\(([^)#\s]+)")
COMMAND = re.compile(r"putokaz((?: [a-z][a-z-]*)+)")
TARGET = re.compile(r"`make ([a-z]+)")
VARIABLE = re.compile(r"`((?:PUTOKAZ_|DATABASE_URL|VAULT_DATABASE|TEMPORAL_ADDRESS)[A-Z_]*)")
OF_TOOLS = {"PUTOKAZ_STATE", "PUTOKAZ_BROWSER", "PUTOKAZ_REQUIRE_BROWSER"}
OF_COMPOSE = {"PUTOKAZ_UID", "PUTOKAZ_GID", "PUTOKAZ_BACKUPS", "PUTOKAZ_EVIDENCE"}


def _place(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of ours. Screens are taken from the running system: they may be missing as a whole."""
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if ":" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert [link for link in missing if "screens/" not in link or SCREENS.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_commands_exist(page: Path) -> None:
    """Every `putokaz …` in code, as far as its words are commands."""
    code = re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    for words in COMMAND.findall("\n".join(code)):
        command = get_command(app)
        context = typer.Context(command)
        for word in words.split():
            if isinstance(command, TyperGroup):
                found = command.get_command(context, word)
                assert found is not None, f"putokaz{words}"
                command = found


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_targets_of_make_exist(page: Path) -> None:
    """Every `make …`."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(TARGET.findall(page.read_text(encoding="utf-8")))
    assert named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_variables_are_read(page: Path) -> None:
    """Every variable of ours."""
    named = set(VARIABLE.findall(page.read_text(encoding="utf-8")))
    known = {*VARIABLES.values(), *OF_TOOLS, *OF_COMPOSE}
    assert {name for name in named if name.removesuffix("_FILE") not in known and name not in known} <= {"PUTOKAZ_"}


def test_every_setting_is_explained() -> None:
    """The page on running has a row for each."""
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/running.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(VARIABLES.values())
