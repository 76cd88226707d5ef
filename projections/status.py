"""How the read models stand, and waiting for them.

status(reader)                                             # for the CLI, the supervisor's page, metrics
wait(reader, {ModelName.JOURNEY_FILE}, position, 2.0)      # after a command: then the page shows it
Level(reader).reached()                                    # for /readyz
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from projections.names import ModelName
from projections.reader import Reader
from projections.versions import TABLES


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """`lag_seconds`: age, by the log's clock, of the oldest event that is not in it yet; 0.0 when level.

    `parked`: streams that it cannot follow. `advanced_at` is real time; None before its first page.
    """

    name: ModelName
    version: int
    position: int
    head: int
    lag_events: int
    lag_seconds: float
    parked: int
    advanced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Parked:
    """A stream that a read model cannot follow since `first_version`; what came later waits behind it.

    `error` is the class of the exception or an SQLSTATE. `tried_at`: when it was last replayed in vain.
    """

    model: str
    stream: str
    first_version: int
    first_position: int
    last_version: int
    last_position: int
    topic: str
    error: str
    parked_at: datetime
    tried_at: datetime | None


def status(reader: Reader) -> tuple[ModelStatus, ...]:
    """Every read model of this release. Raises `Unavailable`."""
    found = reader.rows("projections", "status", {"models": list(TABLES.values())})
    return tuple(
        ModelStatus(
            name=name,
            version=int(table.rpartition("_v")[2]),
            position=position,
            head=head,
            lag_events=lag,
            lag_seconds=max(seconds or 0.0, 0.0),
            parked=held,
            advanced_at=advanced_at,
        )
        for (name, table), (_, position, head, lag, seconds, held, advanced_at) in zip(
            TABLES.items(), found, strict=True
        )
    )


def parked(reader: Reader) -> tuple[Parked, ...]:
    """Every parked stream of any read model and version, oldest first. Raises `Unavailable`."""
    return tuple([Parked(*row) for row in reader.rows("projections", "parked")])


def wait(reader: Reader, models: Collection[ModelName], position: int, timeout: float) -> bool:
    """Whether these read models show log `position` within `timeout` seconds. About 2 ms after the commit, by LISTEN.

    Raises `Unavailable` when the database cannot be reached in that time.
    """
    return reader.listening.wait([TABLES[name] for name in models], position, timeout)


class Level:
    """Whether all read models of this release have reached the head that the log had at the first question.

    Once true it stays true: later lag is a matter of `status`, not of readiness.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._head: int | None = None
        self._reached = False

    def reached(self) -> bool:
        """Raises `Unavailable`."""
        if not self._reached:
            models: Sequence[ModelStatus] = status(self._reader)
            if self._head is None:
                self._head = max(model.head for model in models)
            self._reached = all(model.position >= self._head for model in models)
        return self._reached
