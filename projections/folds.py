"""The streams that were changed last, folded, with the rows that each table holds of them.

Bounded: what is asked for least falls out and is folded from the log again when it changes. It is a help and never
the truth: an entry serves only where it stands exactly one version before the next event.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from domain.streams import StreamState
from projections.read_model import Rows


@dataclass(frozen=True, slots=True)
class Remembered:
    """A state and what was written of it; a table that is not in `written` may hold anything."""

    state: StreamState
    written: Mapping[str, Rows]


class Folds:
    """For one thread. `most` bounds the number of streams: a journey takes about 20 to 100 kB."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[str, Remembered] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def before(self, stream: str, version: int) -> Remembered | None:
        """The state as it stands just before `version`, if it is remembered so."""
        found = self._entries.get(stream)
        if found is None or found.state.version != version - 1:
            return None
        self._entries.move_to_end(stream)
        return found

    def keep(self, stream: str, remembered: Remembered) -> None:
        """Remembers what was committed."""
        self._entries[stream] = remembered
        self._entries.move_to_end(stream)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def forget(self, stream: str) -> None:
        """Drops one that is in doubt."""
        self._entries.pop(stream, None)
