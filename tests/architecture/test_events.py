"""Every event class says what happened; it will be read when nobody remembers."""

from __future__ import annotations

import ast
import re

import domain.message
import domain.streams
from domain.event import EVENT_TYPES
from tests.architecture.sources import ROOT, sources

REGISTERING = (domain.streams, domain.message)
"""Importing them registers every event there is."""


def test_every_event_has_a_docstring() -> None:
    """Including those of the messages and of every part of a journey."""
    silent = [f"{place}: {node.name}" for place, node in _event_classes() if not ast.get_docstring(node)]
    assert silent == []


def test_every_registered_event_of_the_domain_was_looked_at() -> None:
    """The control: the source holds every class that the registry knows."""
    registered = {cls.__name__ for cls in EVENT_TYPES.values() if cls.__module__.startswith("domain.")}
    assert len(registered) > 20
    assert registered <= {node.name for _, node in _event_classes()}


def test_the_changelog_lists_every_schema_version() -> None:
    """Whoever reads the log with another program finds there what may occur in it."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z.-]+)` \| ([0-9, ]+) \|$", changelog, re.MULTILINE))
    known = {
        topic: ", ".join(str(version) for version in range(1, cls.schema_version + 1))
        for topic, cls in EVENT_TYPES.items()
        if cls.__module__.startswith("domain.")
    }
    assert listed == known


def _event_classes() -> list[tuple[str, ast.ClassDef]]:
    return [
        (source.place, node)
        for source in sources("domain")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and any(keyword.arg == "topic" for keyword in node.keywords)
    ]
