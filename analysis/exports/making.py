"""An export as a file that can be interrupted: `FILE.part` with what is written, `FILE.part.json` with where to go on.

What is not known to be on the disk is cut off and made again, so that a resumed file has the same bytes as one that was
never interrupted. The file gets its name last of all, when the export stands in the log. Both files are for their owner
alone: the second has the key of the pseudonyms until the file is made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any, Protocol

from analysis.exports.errors import ExportNotResumed

Cursor = dict[str, Any]
"""Where a maker goes on: plain JSON."""
CHECKPOINT_EVERY = 1.0  # seconds
_AT_ONCE = 1 << 20
OWNER_ONLY = 0o600
"""How the files are made."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of the file, where to go on behind them, how many rows they are; `share` is done by then, 0 to 1."""

    data: bytes
    cursor: Cursor
    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is."""

    share: float
    rows: int
    size: int


Watch = Callable[[Progress], None]


def unwatched(_: Progress) -> None:
    """For callers that show nothing."""


class Maker(Protocol):
    """A format. `pieces` one after the other are the file, or, where `finish` makes another of them, its draft."""

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """From the beginning, or from behind a piece. The bytes depend on what is exported and the key alone."""
        ...

    def finish(self, draft: Path, made: Path) -> None:
        """Makes the file of the whole draft. `made` may be left by a try before; afterwards it is the file."""
        ...


class Streamed:
    """For a format whose pieces are the file: it can be sent as they come."""

    def finish(self, draft: Path, made: Path) -> None:
        """The draft is the file."""
        draft.replace(made)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: of how many rows and bytes, and the SHA-256 of the file."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`plan`: what the file is of, as the caller keeps it; `size` bytes of the draft are on the disk."""

    plan: dict[str, Any]
    cursor: Cursor | None = None
    size: int = 0
    rows: int = 0


class ExportFile:
    """One file in the making."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.draft = target.with_name(f"{target.name}.part")
        self.checkpoint = target.with_name(f"{target.name}.part.json")
        self._made = target.with_name(f"{target.name}.part.made")

    def interrupted(self) -> Checkpoint:
        """Where it was interrupted. Raises `ExportNotResumed` where there is nothing to go on from."""
        try:
            found = json.loads(self.checkpoint.read_text(encoding="utf-8"))
            return Checkpoint(**found)
        except FileNotFoundError:
            raise ExportNotResumed(f"there is no {self.checkpoint.name}: nothing was interrupted here") from None
        except (ValueError, TypeError):
            raise ExportNotResumed(f"{self.checkpoint.name} cannot be read: begin anew") from None

    def begin(self, plan: dict[str, Any]) -> Checkpoint:
        """Begins anew; what was interrupted before is forgotten."""
        self._remove()
        checkpoint = Checkpoint(plan)
        self._keep(checkpoint)
        return checkpoint

    def make(
        self,
        maker: Maker,
        checkpoint: Checkpoint,
        *,
        settle: Callable[[Made], None],
        watch: Watch = unwatched,
        every: float = CHECKPOINT_EVERY,
    ) -> Made:
        """Writes on from a checkpoint to the end. `settle` is called before the file gets its name: it may refuse.

        Raises what the maker raises; then everything stays as it is, to be resumed.
        """
        rows = self._write(maker, checkpoint, watch, every)
        maker.finish(self.draft, self._made)
        made = Made(rows, self._made.stat().st_size, _sha256(self._made))
        settle(made)
        self._made.replace(self.target)
        self._remove()
        return made

    def _write(self, maker: Maker, checkpoint: Checkpoint, watch: Watch, every: float) -> int:
        if not self.draft.exists() and self._made.exists():
            # Killed between the last piece and the name: that draft was the file.
            self._made.replace(self.draft)
        rows, cursor = checkpoint.rows, checkpoint.cursor
        with open(os.open(self.draft, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b") as draft:
            draft.truncate(checkpoint.size)
            draft.seek(0, os.SEEK_END)
            kept = monotonic()
            for piece in maker.pieces(cursor):
                draft.write(piece.data)
                rows, cursor = rows + piece.rows, piece.cursor
                watch(Progress(piece.share, rows, draft.tell()))
                if monotonic() - kept >= every:
                    _sync(draft)
                    self._keep(Checkpoint(checkpoint.plan, cursor, draft.tell(), rows))
                    kept = monotonic()
            _sync(draft)
            self._keep(Checkpoint(checkpoint.plan, cursor, draft.tell(), rows))
        return rows

    def _keep(self, checkpoint: Checkpoint) -> None:
        beside = self.checkpoint.with_suffix(".new")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump(asdict(checkpoint), file)
            _sync(file)
        beside.replace(self.checkpoint)

    def _remove(self) -> None:
        for path in (self.draft, self._made, self.checkpoint):
            path.unlink(missing_ok=True)


def _sync(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_AT_ONCE):
            found.update(block)
    return found.hexdigest()
