"""What a verification finds, in sentences: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_RESTORE = "Keep this database as evidence; restore the newest backup that verifies, and compare the two from there."
_ORDER = "Keep this database as evidence; compare these positions with a backup that verifies."
_HEADS = "Compare the file with its copy on the other machine, and verify against that copy."


class FindingKind(StrEnum):
    """What was done to the log or to its signed heads."""

    ALTERED = "altered"
    LINK_ALTERED = "link-altered"
    MISSING = "missing"
    REPEATED = "repeated"
    INSERTED = "inserted"
    MOVED = "moved"
    SWAPPED = "swapped"
    VERSION_GAP = "version-gap"
    VERSION_BACK = "version-back"
    CLOCK_BACK = "clock-back"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    HEAD_UNREADABLE = "head-unreadable"
    HEAD_FOREIGN = "head-foreign"
    HEAD_FORGED = "head-forged"
    HEAD_OUT_OF_LINE = "head-out-of-line"
    HEADS_MISSING = "heads-missing"


DO: dict[FindingKind, str] = {
    FindingKind.ALTERED: _RESTORE,
    FindingKind.LINK_ALTERED: "The event itself is as recorded. Find out who wrote to the table; restore the link.",
    FindingKind.MISSING: _RESTORE,
    FindingKind.REPEATED: _RESTORE,
    FindingKind.INSERTED: _RESTORE,
    FindingKind.MOVED: _ORDER,
    FindingKind.SWAPPED: _ORDER,
    FindingKind.VERSION_GAP: _RESTORE,
    FindingKind.VERSION_BACK: _ORDER,
    FindingKind.CLOCK_BACK: _ORDER,
    FindingKind.TRUNCATED: "If an older backup was restored, note it and begin a new heads file; if not, restore one.",
    FindingKind.REWRITTEN: _RESTORE,
    FindingKind.HEAD_UNREADABLE: _HEADS,
    FindingKind.HEAD_FOREIGN: "Give the public key of that time with --public-key too; if there is none, it is forged.",
    FindingKind.HEAD_FORGED: _HEADS,
    FindingKind.HEAD_OUT_OF_LINE: _HEADS,
    FindingKind.HEADS_MISSING: _HEADS,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `position` is the place in the log, or None; `line` that in the heads file."""

    kind: FindingKind
    says: str
    position: int | None = None
    line: int | None = None

    @property
    def do(self) -> str:
        """What to do about it."""
        return DO[self.kind]
