"""How a page names something owed, and where it is done, whatever kind of stream owes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.codes import ObligationKind, StreamName
from projections.my_day.queries import ObligationRow
from projections.owed import Owed
from staff.forms.field import capital
from staff.i18n.words import Words
from staff.parts import Parts
from staff.titles import Titles, titles_for
from staff.visit import Visit


class OwedTitles:
    """The titles for a list of things owed; each pathway is read once."""

    def __init__(self, rows: Iterable[Owed], parts: Parts, words: Words) -> None:
        self._words = words
        self._titles: Mapping[UUID, Titles] = titles_for((j for row in rows if (j := row.journey)), parts, words)

    def title(self, row: Owed) -> str:
        """What is owed."""
        return self.also(row, row.kind, row.what)

    def also(self, row: Owed, kind: ObligationKind, what: str | None) -> str:
        """The title of something else that the same stream owes."""
        titles = self._titles.get(row.stream_id)
        return titles.owed(kind, what) if titles else capital(self._words.label(kind))

    def stage(self, row: Owed) -> str | None:
        """The stage of a step."""
        titles = self._titles.get(row.stream_id)
        return titles.stage(row.stage) if titles and row.stage else None

    def about(self, row: Owed) -> str | None:
        """The stage of a step; of anything else its kind, unless that is its title: `Appeal`, and its confirmation."""
        kind = self._words.label(row.kind)
        return self.stage(row) or (None if capital(kind) == self.title(row) else kind)


_FORMS = {
    ObligationKind.HEARING_ACKNOWLEDGEMENT: "acknowledge-hearing",
    ObligationKind.HEARING_DEBRIEF: "debrief-hearing",
    ObligationKind.TERM: "meet-term",
    ObligationKind.TERM_CONFIRMATION: "confirm-term",
    ObligationKind.COURT_FEE: "settle-fee",
    ObligationKind.SERVICE: "advance-service",
}
"""The form of whoever owes it, at the number or the name in its key: `hearing:3:seen`, `service:shelter:1`."""
_IN_BOXES = {
    ObligationKind.APPROVAL: "approvals",
    ObligationKind.EMERGENCY_REVIEW: "emergencies",
}


def place_to_do(row: Owed) -> str | None:
    """The page where it is done; that of the journey where it has none of its own; None for what has no page."""
    if row.stream_kind is StreamName.HANDOVER:
        return f"/supervision/handovers/{row.stream_id}"
    if row.stream_kind is StreamName.MISSION:
        return f"/missions/{row.stream_id}"
    if row.stream_kind is StreamName.CONTACT:
        return f"/contacts/{row.stream_id}"
    if row.journey is None:
        return None
    if row.step is not None:
        return f"/journeys/{row.journey}/advance/{row.step}"
    if row.kind in _IN_BOXES:
        return f"/journeys/{row.journey}#{_IN_BOXES[row.kind]}"
    return f"/journeys/{row.journey}/review" if row.kind is ObligationKind.REVIEW else f"/journeys/{row.journey}"


_OF_HOURS = frozenset({ObligationKind.HEARING_ACKNOWLEDGEMENT, ObligationKind.ALERT, ObligationKind.POWER_OF_ATTORNEY})


def is_of_hours(row: Owed) -> bool:
    """Whether its time of day counts: at the hotline and on a mission always, in journeys where an alarm was raised."""
    return row.journey is None or row.kind in _OF_HOURS


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation as a page shows it in a row. `owner` is none where nobody has it yet."""

    row: ObligationRow
    title: str
    about: str | None
    href: str | None
    owner: str | None
    of_hours: bool
    is_form: bool = False

    @property
    def verb(self) -> str:
        """What the link to `href` says."""
        if self.row.kind is ObligationKind.REVIEW:
            return "day.do-review"
        return "day.do" if self.row.step or self.is_form else "day.open"


def due(row: ObligationRow, titles: OwedTitles, visit: Visit) -> Due:
    """The obligation with what its row needs."""
    form = _form_of(row) if row.owner_staff == visit.person.id else None
    return Due(
        row=row,
        title=titles.title(row),
        about=titles.about(row),
        href=form or place_to_do(row),
        owner=visit.name(row.owner_staff),
        of_hours=is_of_hours(row),
        is_form=form is not None,
    )


def _form_of(row: Owed) -> str | None:
    """Where whoever owes it says what became of it; None where that is said in several ways."""
    if row.journey is None or row.kind not in _FORMS:
        return None
    return f"/journeys/{row.journey}/{_FORMS[row.kind]}/{row.part.split(':')[1]}"
