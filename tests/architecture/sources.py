"""The rooms of design §5 as source: what each module imports, quotes and how long it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("domain", "eventlog", "vault", "workflows", "activities", "projections", "staff", "analysis", "worker")


@dataclass(frozen=True)
class Source:
    """One module. `name` is dotted, `place` relative to the checkout."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def imports(self) -> frozenset[str]:
        """Every module named by an import, wherever it stands in the file."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.place}:{node.lineno}: imports are absolute here"
                found.add(node.module or "")
        return frozenset(found)

    @property
    def quoted(self) -> list[tuple[int, str]]:
        """Every string with its line, but for docstrings: those are prose."""
        prose = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and id(node) not in prose:
                if isinstance(node.value, str):
                    found.append((node.lineno, node.value))
                elif isinstance(node.value, bytes):
                    found.append((node.lineno, node.value.decode("utf-8", "replace")))
        return found


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """The modules of these rooms; of all of them without an argument."""
    return tuple(_read(rooms or ROOMS))


def _read(rooms: tuple[str, ...]) -> Iterator[Source]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "node_modules" not in path.parts:
                text = path.read_text(encoding="utf-8")
                yield Source(path, text, ast.parse(text, filename=str(path)))
