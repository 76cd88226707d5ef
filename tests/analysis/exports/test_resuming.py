"""Each format goes on from wherever it was interrupted, to the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from analysis.exports.cut import Cut
from analysis.exports.making import Cursor, ExportFile, Maker, Piece
from analysis.exports.ocel_json import OcelJson
from analysis.exports.ocel_sqlite import OcelSqlite
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.xes import Xes
from projections.reader import Reader
from tests.analysis.exports.conftest import KEY, log_of, made

MAKERS: dict[str, Callable[[Reader, Cut], Maker]] = {
    "ocel-json": lambda reader, cut: OcelJson(log_of(reader, cut), Pseudonyms(KEY)),
    "ocel-sqlite": lambda reader, cut: OcelSqlite(log_of(reader, cut), Pseudonyms(KEY)),
    "xes": lambda reader, cut: Xes(log_of(reader, cut), Pseudonyms(KEY)),
}


class Breaking:
    """A format that breaks after some pieces."""

    def __init__(self, maker: Maker, after: int) -> None:
        self._maker = maker
        self._after = after

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """Some of them."""
        yield from islice(self._maker.pieces(cursor), self._after)
        raise ConnectionError("cut")

    def finish(self, draft: Path, made: Path) -> None:
        """Never reached."""
        raise AssertionError


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_a_resumed_file_is_the_same(caseload: Reader, whole: Cut, tmp_path: Path, name: str) -> None:
    """Cut off after every third piece, each time by another process: it remembers nothing."""
    expected = made(MAKERS[name](caseload, whole), tmp_path / "whole").read_bytes()
    export = ExportFile(tmp_path / "resumed")
    checkpoint = export.begin({})
    pieces = len(list(MAKERS[name](caseload, whole).pieces()))
    for _ in range(pieces // 3):
        with pytest.raises(ConnectionError):
            export.make(Breaking(MAKERS[name](caseload, whole), 3), checkpoint, settle=lambda _: None, every=0.0)
        checkpoint = export.interrupted()
    export.make(MAKERS[name](caseload, whole), checkpoint, settle=lambda _: None)
    assert export.target.read_bytes() == expected
    assert pieces > 6
