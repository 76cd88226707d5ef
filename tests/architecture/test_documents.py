"""What the documentation names exists: files, commands, variables, targets of make."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from tests.architecture.sources import ROOT
from tests.soak.__main__ import arguments
from worker.cli import app
from worker.settings import VARIABLES

PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
SCREENS = ROOT / "docs/screens"
LINK = re.compile(r"\]\(([^)#\s]+)")
COMMAND = re.compile(r"putokaz((?: [a-z][a-z-]*)+)")
OPTIONS = re.compile(r"putokaz((?: [a-z][a-z-]*)+)([^\n`]*)")
SOAK = re.compile(r"make soak ARGS=(\"[^\"]*\"|'[^']*')")
TARGET = re.compile(r"`make ([a-z]+)")
NAMED_TEST = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
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
def test_options_exist(page: Path) -> None:
    """Every `--option` behind a whole `putokaz …` in code is one of that command."""
    code = re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    for words, rest in OPTIONS.findall("\n".join(code)):
        command = get_command(app)
        context = typer.Context(command)
        for word in words.split():
            if isinstance(command, TyperGroup):
                command = command.get_command(context, word) or command
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"(--[a-z][a-z-]*)", rest.partition("#")[0])) <= known | {"--help"}, (
            f"putokaz{words}{rest}"
        )


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_arguments_of_the_fault_run_are_taken(page: Path) -> None:
    """Every `make soak ARGS=…` as its own parser reads it."""
    for quoted in SOAK.findall(page.read_text(encoding="utf-8")):
        arguments().parse_args(shlex.split(re.sub(r"\bN\b", "1", quoted[1:-1])))


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


def test_every_decision_is_linked_under_its_number() -> None:
    """The page on architecture lists each, once; a number is never used twice."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"\[(\d{4}) [^\]]+\]\(decisions/((\d{4})-[a-z0-9-]+\.md)\)", page)
    assert [number for number, _, _ in listed] == [number for _, _, number in listed]
    assert sorted(file for _, file, _ in listed) == sorted(p.name for p in (ROOT / "docs/decisions").glob("*.md"))
    assert len({number for number, _, _ in listed}) == len(listed)


@pytest.mark.parametrize("page", PAGES, ids=_place)
def test_named_tests_exist(page: Path) -> None:
    """Every `tests/….py`, and every `tests/….py::test_…` in it: a test that is renamed leaves no proof behind."""
    for file, test in NAMED_TEST.findall(page.read_text(encoding="utf-8")):
        path = ROOT / file
        assert path.is_file(), file
        if test:
            names = {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, _NAMED)}
            assert test in names, f"{file}::{test}"
