"""Whether what a page shows is all there is, and how letters stand: for the person who looks, and for operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from projections.names import ModelName
from projections.reader import Reader
from projections.versions import TABLES

SETTLES_WITHIN = 3.0
"""Real seconds for which being behind is not worth a word: it takes milliseconds as a rule."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """`behind_since`: when the first event happened that is not shown, None when level. `parked` streams are not
    shown from `parked_since` on. Both instants are of the log's clock.
    """

    behind_since: datetime | None
    parked: int
    parked_since: datetime | None


@dataclass(frozen=True, slots=True)
class Letters:
    """`waiting` are on their way, the first since `oldest`. `doubles`: by cause, since the database was made."""

    waiting: int
    oldest: datetime | None
    doubles: Mapping[str, int]


def freshness(reader: Reader, model: ModelName, stream: str | None = None) -> Freshness:
    """Of a read model as a whole, or as far as it is about one stream. Raises `Unavailable`."""
    ((first, seconds, parked, since),) = reader.rows(
        "projections", "freshness", {"model": TABLES[model], "stream": stream}
    )
    behind = first is not None and seconds > SETTLES_WITHIN and not (stream and parked)
    return Freshness(first if behind else None, parked, since)


@dataclass(frozen=True, slots=True)
class SilentPartners:
    """Partner systems that are told nothing any more, since they did not answer; `since` in real time."""

    count: int
    since: datetime | None


def silent_partners(reader: Reader) -> SilentPartners:
    """How many of them there are. Raises `Unavailable`."""
    ((count, since),) = reader.rows("projections", "webhooks_halted")
    return SilentPartners(count, since)


def letters(reader: Reader) -> Letters:
    """How the letters stand. Raises `Unavailable`."""
    ((waiting, oldest, doubles),) = reader.rows("projections", "letters")
    return Letters(waiting, oldest, doubles)
