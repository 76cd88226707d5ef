"""A sheet: a form about something that is no journey (a provider, a member of staff), as it is drawn and read.

What it says is decided elsewhere: by a command of a stream (`staff.pages.telling`), or by the vault.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from starlette.responses import Response

from staff.forms.action import Fields
from staff.forms.entry import Entry
from staff.i18n.words import OFFICE_ZONE
from staff.pages.consequences import Consequence
from staff.pages.explaining import Explanation
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Hindered:
    """Why it cannot be. `now`: what is recorded meanwhile; `seen`: the version to go on from, where it was that."""

    explanation: Explanation
    now: tuple[str, ...] = ()
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Where to go on. `nothing`: it was so already; `late`: the next page may not show it yet."""

    there: str
    nothing: bool = False
    late: bool = False
    reminders_resume_later: bool = False


Foresee = Callable[[Entry, str], Awaitable[list[Consequence] | Hindered | None]]
"""What would follow of an entry and the version that was seen; None where the entry has faults."""
Save = Callable[[Entry, str, UUID], Awaitable[Saved | Hindered | Response | None]]
"""Does it, under the command's id; a page of its own where something is shown once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`back` is the page that it belongs to, `seen` the version of what it shows; `save_text` where it is no saving."""

    visit: Visit
    title: str
    back: str
    back_text: str
    fields: Fields
    foresee: Foresee
    save: Save
    defaults: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    warning: str | None = None
    save_text: str | None = None

    def entry(self, texts: Mapping[str, str]) -> Entry:
        """What was typed, on the office's clock."""
        entry = Entry(texts, OFFICE_ZONE)
        entry.check(self.fields)
        return entry
