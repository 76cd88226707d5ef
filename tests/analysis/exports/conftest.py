"""The demonstration's caseload, read as every analysis reads it; nothing here writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.exports.cut import Cut, LogReader, cut_at
from analysis.exports.making import ExportFile, Maker
from analysis.exports.pseudonyms import Pseudonyms
from projections.reader import Reader
from tests.fix_eventlog import as_role

KEY = bytes(range(32))
LATEST = datetime(2199, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def caseload(furnished: tuple[str, str]) -> Iterator[Reader]:
    """The demonstration's log and read models."""
    with Reader(as_role(furnished[0], "putokaz_reader"), patience=30.0) as reader:
        yield reader


@pytest.fixture(scope="module")
def whole(caseload: Reader) -> Cut:
    """All of it."""
    return cut_at(caseload, LATEST)


@pytest.fixture
def pseudonyms() -> Pseudonyms:
    """Under a key that the tests know."""
    return Pseudonyms(KEY)


def made(maker: Maker, file: Path, every: float = 0.0) -> Path:
    """The file as a maker makes it."""
    export = ExportFile(file)
    export.make(maker, export.begin({}), settle=lambda _: None, every=every)
    return file


def log_of(reader: Reader, cut: Cut, page: int = 700) -> LogReader:
    """In pages so small that there are many."""
    return LogReader(reader, cut, page=page)
