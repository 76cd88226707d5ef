"""The frozen corpus: one stored body of every event class and schema version that was ever written.

`events.jsonl` grows at its end only: one line `{"topic": "journey.opened@1", "state": "<the stored bytes>"}` for each.
`released.jsonl` says for each release how many lines there were, and the sha256 of them. So a released line can only
change together with that figure, and a reviewer sees it.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import domain
from domain.event import EVENT_TYPES, Event
from eventlog.bodies import decode, encode, topic_column

FOLDER = Path(__file__).parent


class Line(NamedTuple):
    """An event as it was stored once."""

    topic: str
    state: str

    def written(self) -> str:
        """The line as it stands in the file."""
        return json.dumps(self._asdict(), ensure_ascii=False) + "\n"


def lines(folder: Path = FOLDER) -> list[Line]:
    """The corpus in its order."""
    return [Line(**json.loads(line)) for line in _text(folder / "events.jsonl").splitlines()]


def event_classes() -> list[type[Event]]:
    """Every event class of the domain; those that tests define (`test.…`) are not written anywhere."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return [cls for topic, cls in sorted(EVENT_TYPES.items()) if not topic.startswith("test.")]


def faults(classes: Iterable[type[Event]], folder: Path = FOLDER) -> list[str]:
    """What is wrong between the corpus, its releases and these classes; empty when nothing is."""
    corpus = lines(folder)
    found = [f"{line.topic} has two lines" for line in corpus if [x.topic for x in corpus].count(line.topic) > 1]
    known = {line.topic for line in corpus}
    current = {topic_column(cls): cls for cls in classes}
    for cls in current.values():
        needed = [f"{cls.topic}@{v}" for v in range(1, cls.schema_version + 1)]
        found += [f"{topic} has no line: run python -m tests.corpus.add" for topic in needed if topic not in known]
    for topic, state in corpus:
        event = decode(topic, state.encode())
        if topic in current and encode(event) != (topic, state.encode()):
            found.append(f"{topic} is written differently now: raise its version and add an upcaster")
    return found + _changed_releases(folder)


def add(event: Event, folder: Path = FOLDER) -> Line:
    """Adds the line of this event's class and version. Raises `ValueError` when there is one."""
    topic, state = encode(event)
    if topic in {line.topic for line in lines(folder)}:
        raise ValueError(f"{topic} has its line; a body that changed needs a new version")
    line = Line(topic, state.decode())
    with (folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(line.written())
    return line


def drop_unreleased(topics: Iterable[str], folder: Path = FOLDER) -> None:
    """Takes lines out that no release has frozen: until then a body may still change without a new version."""
    unwanted = set(topics)
    frozen = max(
        (entry["lines"] for entry in map(json.loads, _text(folder / "released.jsonl").splitlines())), default=0
    )
    kept = [line for i, line in enumerate(lines(folder)) if i < frozen or line.topic not in unwanted]
    (folder / "events.jsonl").write_text("".join(line.written() for line in kept), encoding="utf-8")


def release(name: str, folder: Path = FOLDER) -> None:
    """Freezes the lines of today under the name of a release."""
    text = _text(folder / "events.jsonl")
    digest = sha256(text.encode()).hexdigest()
    with (folder / "released.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"release": name, "lines": len(text.splitlines()), "sha256": digest}) + "\n")


def _changed_releases(folder: Path) -> list[str]:
    text = _text(folder / "events.jsonl").splitlines(keepends=True)
    found = []
    for entry in map(json.loads, _text(folder / "released.jsonl").splitlines()):
        frozen = "".join(text[: entry["lines"]])
        if sha256(frozen.encode()).hexdigest() != entry["sha256"]:
            found.append(f"lines that release {entry['release']} froze have changed: put them back")
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
