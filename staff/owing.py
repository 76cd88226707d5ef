"""How a page names something owed, and where it is done, whatever kind of stream owes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.codes import ObligationKind, StreamName
from projections.owed import Owed
from staff.i18n.words import Words
from staff.parts import Parts
from staff.titles import Titles, titles_for


class OwedTitles:
    """The titles for a list of things owed; each pathway is read once."""

    def __init__(self, rows: Iterable[Owed], parts: Parts, words: Words) -> None:
        self._words = words
        self._titles: Mapping[UUID, Titles] = titles_for((j for row in rows if (j := row.journey)), parts, words)

    def title(self, row: Owed) -> str:
        """What is owed."""
        titles = self._titles.get(row.stream_id)
        return titles.owed(row.kind, row.what) if titles else self._words.label(row.kind)

    def stage(self, row: Owed) -> str | None:
        """The stage of a step."""
        titles = self._titles.get(row.stream_id)
        return titles.stage(row.stage) if titles and row.stage else None


def place_to_do(row: Owed) -> str | None:
    """The page where it is done; that of the journey where it has none of its own; None for what has no page."""
    if row.stream_kind is StreamName.HANDOVER:
        return f"/supervision/handovers/{row.stream_id}"
    if row.journey is None:
        return None
    if row.step is not None:
        return f"/journeys/{row.journey}/advance/{row.step}"
    return f"/journeys/{row.journey}/review" if row.kind is ObligationKind.REVIEW else f"/journeys/{row.journey}"
