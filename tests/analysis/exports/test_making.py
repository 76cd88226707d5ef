"""An export that is interrupted, however often and wherever, and resumed has the bytes of one that was not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.exports.errors import ExportNotResumed
from analysis.exports.making import Cursor, ExportFile, Made, Maker, Piece, Progress, Streamed

KILLED = """
import sys, time
from pathlib import Path
from analysis.exports.making import ExportFile
from tests.analysis.exports.test_making import Numbers

export = ExportFile(Path(sys.argv[1]))
export.make(Numbers(pause=0.02), export.begin({"of": "numbers"}), settle=lambda _: None, every=0.05)
"""


class Numbers(Streamed):
    """The numbers up to 400, one a piece. `breaks_at`: before which one it breaks."""

    def __init__(self, breaks_at: int = 1_000, pause: float = 0.0) -> None:
        self._breaks_at = breaks_at
        self._pause = pause

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """From the next one on."""
        for number in range(cursor["next"] if cursor else 0, 400):
            if number == self._breaks_at:
                raise ConnectionError("cut")
            time.sleep(self._pause)
            yield Piece(f"{number}\n".encode() * 50, {"next": number + 1}, 1, number / 400)


@pytest.fixture
def export(tmp_path: Path) -> ExportFile:
    """To be made."""
    return ExportFile(tmp_path / "numbers.txt")


WHOLE = b"".join(f"{number}\n".encode() * 50 for number in range(400))


def go_on(export: ExportFile, maker: Maker, every: float = 0.0) -> Made:
    """As `--resume` does."""
    return export.make(maker, export.interrupted(), settle=lambda _: None, every=every)


def test_the_file_appears_at_the_end_and_nothing_is_left_beside_it(export: ExportFile) -> None:
    """Whoever sees the name sees the whole file; only its owner may read it."""
    seen: list[Progress] = []
    made = export.make(Numbers(), export.begin({}), settle=lambda _: None, watch=seen.append)
    assert export.target.read_bytes() == WHOLE
    assert (made.rows, made.size) == (400, len(WHOLE))
    assert [each.rows for each in seen] == list(range(1, 401))
    assert sorted(path.name for path in export.target.parent.iterdir()) == ["numbers.txt"]
    assert export.target.stat().st_mode & 0o077 == 0


def test_a_break_leaves_what_was_made_to_go_on_from(export: ExportFile) -> None:
    """Several breaks, each later than the one before."""
    checkpoint = export.begin({"of": "numbers"})
    for broken in (3, 120, 121, 399):
        with pytest.raises(ConnectionError):
            export.make(Numbers(broken), checkpoint, settle=lambda _: None, every=0.0)
        assert not export.target.exists()
        checkpoint = export.interrupted()
        assert checkpoint.plan == {"of": "numbers"}
    assert go_on(export, Numbers()).rows == 400
    assert export.target.read_bytes() == WHOLE


def test_a_process_that_is_killed_is_gone_on_from(export: ExportFile) -> None:
    """In the middle of a write, with nothing said to it."""
    command = [sys.executable, "-c", KILLED, str(export.target)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[3])
    deadline = time.monotonic() + 60
    while not (export.draft.exists() and export.draft.stat().st_size > len(WHOLE) // 5):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < export.draft.stat().st_size < len(WHOLE)
    go_on(export, Numbers())
    assert export.target.read_bytes() == WHOLE


def test_what_the_log_does_not_take_does_not_get_its_name(export: ExportFile) -> None:
    """Made, but not recorded: it stays a draft, and the next try records it."""

    def refuse(_: Made) -> None:
        raise ConnectionError("the log is away")

    with pytest.raises(ConnectionError):
        export.make(Numbers(), export.begin({}), settle=refuse)
    assert not export.target.exists()
    assert go_on(export, Numbers()).rows == 400
    assert export.target.read_bytes() == WHOLE


def test_there_must_be_something_to_go_on_from(export: ExportFile) -> None:
    """Nothing at all, or a file that is not ours."""
    with pytest.raises(ExportNotResumed, match="nothing was interrupted here"):
        export.interrupted()
    export.target.with_name("numbers.txt.part.json").write_text("[1")
    with pytest.raises(ExportNotResumed, match="begin anew"):
        export.interrupted()
