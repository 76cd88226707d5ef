"""What the clients were told: one line for each decision, written before anything is sent and when the answer came."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID


class Told(StrEnum):
    """What a client was told in the end."""

    RECORDED = "recorded"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(slots=True)
class Sent:
    """One decision of a client.

    `keys`: one, unless a control makes the client forget its own. `tries`: requests sent for it; `longest`: seconds
    that the slowest of them took, a lost one too. `directly`: recorded around the workflow, as the answer said.
    """

    number: int
    stream: str
    kind: str
    keys: list[UUID]
    sent_at: float
    tries: int = 0
    unavailable: int = 0
    lost: int = 0
    longest: float = 0.0
    directly: bool = False
    told: Told | None = None
    version: int | None = None
    code: str | None = None
    answered_at: float | None = None


@dataclass(slots=True)
class Wrong:
    """An answer that no client should ever get."""

    number: int
    stream: str
    what: str


@dataclass
class Journal:
    """Everything that was sent, in memory and in a file that only grows."""

    file: Path
    sent: list[Sent] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self.file.open("a", encoding="utf-8", buffering=1)

    def begin(self, stream: str, kind: str, key: UUID) -> Sent:
        """A new decision, noted before it is sent."""
        sent = Sent(len(self.sent), stream, kind, [key], time.time())
        self.sent.append(sent)
        self._write({"n": sent.number, "stream": stream, "kind": kind, "key": str(key), "sent": sent.sent_at})
        return sent

    def told(self, sent: Sent, told: Told, version: int | None, code: str | None) -> None:
        """The answer to it. A second answer to the same decision must say the same."""
        if sent.told is not None:
            if (sent.told, sent.version, sent.code) != (told, version, code):
                self.amiss(sent, f"told {sent.told} {sent.version} {sent.code}, then {told} {version} {code}")
            return
        sent.told, sent.version, sent.code, sent.answered_at = told, version, code, time.time()
        self._write({"n": sent.number, "told": told, "version": version, "code": code, "at": sent.answered_at})

    def amiss(self, sent: Sent, what: str) -> None:
        """An answer that no client should get."""
        wrong = Wrong(sent.number, sent.stream, what)
        self.wrong.append(wrong)
        self._write({"wrong": asdict(wrong)})

    def count(self, told: Told) -> int:
        """Decisions of which the client was told this."""
        return sum(sent.told is told for sent in self.sent)

    def unanswered(self) -> Iterator[Sent]:
        """Decisions without an answer."""
        return (sent for sent in self.sent if sent.told is None)

    def close(self) -> None:
        """No more lines."""
        self._lines.close()

    def _write(self, line: object) -> None:
        self._lines.write(json.dumps(line) + "\n")
