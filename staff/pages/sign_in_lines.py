"""The sign-in record for people: their own on "my settings", anybody's for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from staff.visit import Visit
from vault.sign_ins import SYSTEM, SignInAct, SignInLine

LINES = 10
WORTH_A_LOOK = frozenset({SignInAct.CODE_REFUSED, SignInAct.PAUSED})
"""What somebody who did not do it themselves is to tell an administrator."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One line in the language of the page."""

    at: datetime
    text: str
    details: tuple[str, ...]
    is_worth_a_look: bool


def sign_in_lines(visit: Visit, staff: UUID) -> list[Signed] | None:
    """The newest lines about this person; None where nobody signs in. Asks the vault: belongs into a thread."""
    port = visit.parts.sign_in
    if port is None:
        return None
    return [_line(line, visit) for line in port.recorded(staff, most=LINES).lines]


def _line(line: SignInLine, visit: Visit) -> Signed:
    t, details = visit.words, list[str]()
    if line.proof is not None:
        details.append(t.label(line.proof))
    if line.device is not None:
        details.append(t.label(line.device))
    if line.actor != line.staff:
        details.append(t("record.by-system") if line.actor == SYSTEM else visit.name(line.actor) or "")
    return Signed(line.at, t.label(line.act), tuple(details), line.act in WORTH_A_LOOK)
