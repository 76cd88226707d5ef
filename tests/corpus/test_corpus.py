"""Every event ever written loads for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.errors import EventUnreadable
from domain.event import Event, upcaster
from domain.sealed import Notes, Sealed
from domain.values import Code, ObligationKey, Sha256, Value
from tests.corpus.example import example
from tests.corpus.files import Line, add, drop_unreleased, event_classes, faults, lines, release


class Limb(Value):
    """A value within an event."""

    key: ObligationKey
    digest: Sha256


class Grown(Event, topic="test.grown", version=2):
    """Had no limbs in version 1."""

    name: Code
    limbs: tuple[Limb, ...]
    note: Sealed[Notes] | None = None


@upcaster("test.grown", 1)
def _limbless(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "limbs": []}


OLD = Line("test.grown@1", '{"name":"review"}')


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of both versions, the first of them released."""
    (tmp_path / "events.jsonl").write_text(OLD.written(), encoding="utf-8")
    release("0.1.0", tmp_path)
    add(example(Grown), tmp_path)
    return tmp_path


def test_the_corpus_holds_every_event_and_every_line_loads() -> None:
    """Every registered class and version has its line, bodies are written as then, released lines are untouched."""
    assert faults(event_classes()) == []


def test_a_whole_corpus_has_no_faults(corpus: Path) -> None:
    """Older versions by their upcasters."""
    assert faults([Grown], corpus) == []
    assert [line.topic for line in lines(corpus)] == ["test.grown@1", "test.grown@2"]


def test_an_example_fills_every_field(corpus: Path) -> None:
    """Or a field could change unseen."""
    assert set(example(Grown).model_dump(exclude_none=True)) == {"occurred_at", "name", "limbs", "note"}


def test_a_class_without_a_line_is_named(tmp_path: Path) -> None:
    """With what to do about it, for each of its versions."""
    assert faults([Grown], tmp_path) == [f"test.grown@{v} has no line: run python -m tests.corpus.add" for v in (1, 2)]


def test_a_changed_released_line_is_found(corpus: Path) -> None:
    """Even one that still loads."""
    path = corpus / "events.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('review\\"}', 'reviews\\"}'), encoding="utf-8")
    assert faults([Grown], corpus) == ["lines that release 0.1.0 froze have changed: put them back"]


def test_a_removed_line_is_found(corpus: Path) -> None:
    """A version that nobody tests is a version that nobody reads."""
    path = corpus / "events.jsonl"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    assert len(faults([Grown], corpus)) == 2


def test_a_body_that_is_written_differently_needs_a_new_version(corpus: Path) -> None:
    """Here somebody has put a default into the body of the current version."""
    path = corpus / "events.jsonl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('\\"limbs\\":', '\\"note\\":null,\\"limbs\\":'), encoding="utf-8"
    )
    assert faults([Grown], corpus)


def test_a_line_that_no_longer_loads_stops_the_build(corpus: Path) -> None:
    """Its class was removed."""
    path = corpus / "events.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + Line("test.gone@1", "{}").written(), encoding="utf-8")
    with pytest.raises(EventUnreadable, match=r"test\.gone"):
        faults([Grown], corpus)


def test_only_lines_of_no_release_are_dropped(corpus: Path) -> None:
    """A body may change freely until its first release."""
    drop_unreleased(["test.grown@1", "test.grown@2"], corpus)
    assert lines(corpus) == [OLD]


def test_a_line_is_added_once(corpus: Path) -> None:
    """The first body of a version stays."""
    with pytest.raises(ValueError, match="new version"):
        add(example(Grown), corpus)
