"""What a page says once after a command: it stands in the address as a code, never a text, and needs no session."""

from __future__ import annotations

from staff.pages.asking import link
from staff.visit import Visit

SAVED = "saved"
NOTHING = "nothing"
_LATE = "late"
_REMINDERS = "reminders"


def address(path: str, *, what: str, late: bool = False, reminders_resume_later: bool = False) -> str:
    """Where to go on after a command, with what is to be said there."""
    return link(path, said=what, late=late and "1", reminders=reminders_resume_later and "1")


def is_late(visit: Visit) -> bool:
    """Whether the page is shown although the command is not in its read model yet."""
    return visit.request.query_params.get(_LATE) == "1"


def read(visit: Visit) -> list[str]:
    """The keys of what is to be said, in order."""
    query = visit.request.query_params
    said = [f"flash.{query['said']}"] if query.get("said") in (SAVED, NOTHING) else []
    if said and is_late(visit):
        said.append("flash.late")
    if said and query.get(_REMINDERS) == "1":
        said.append("flash.reminders-later")
    return said
