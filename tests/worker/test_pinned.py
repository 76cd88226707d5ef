"""A worker that lacks a journey's pathway does not start, and says which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.pathway_files import PathwayStore
from domain.errors import PathwayMissing
from projections.install import install
from projections.loop import Projector
from projections.reader import Reader
from tests.fix_engine import Bench
from worker.pinned import require_pinned_pathways


@pytest.fixture
def reader(bench: Bench) -> Iterator[Reader]:
    """The read models of a log with one journey on the small pathway."""
    install(bench.dsn)
    bench.opened()
    Projector(bench.dsn).catch_up()
    with Reader(bench.dsn, size=1) as reader:
        yield reader


def test_a_worker_with_every_pinned_pathway_starts(bench: Bench, reader: Reader) -> None:
    """Nothing is raised."""
    (bench.pathways / "PUBLISHED.sha256").write_text("")
    require_pinned_pathways(reader, PathwayStore(bench.pathways))


def test_a_missing_pathway_is_named(bench: Bench, reader: Reader, tmp_path: Path) -> None:
    """Name and version of what has to be installed."""
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "PUBLISHED.sha256").write_text("")
    with pytest.raises(PathwayMissing, match="small"):
        require_pinned_pathways(reader, PathwayStore(empty))


def test_an_altered_published_file_is_named(bench: Bench, reader: Reader) -> None:
    """A published version never changes: neither does the worker guess."""
    (bench.pathways / "PUBLISHED.sha256").write_text(f"{bench.pin.sha256}  small/1.yaml\n")
    file = bench.pathways / "small" / "1.yaml"
    file.write_text(file.read_text() + "# changed\n")
    with pytest.raises(PathwayMissing, match="changed"):
        require_pinned_pathways(reader, PathwayStore(bench.pathways))
