"""The sign-in record: who signed in when and by what, what was refused, and what changed of how somebody signs in.

    record.note(staff, SignInAct.SIGNED_IN, proof=Proof.PASSKEY, device=Device.PHONE, session=id)
    record.of(staff)         # newest first: what the person sees, and the administrator
    record.verify(head)      # whether a line was edited, deleted or moved since

It is never written over. There is no address and no name of a browser in it: a device is one of four words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from vault.access_chain import AccessHead, VerifiedAccesses
from vault.database import Database, query
from vault.sessions import Device, Proof
from vault.sign_in_chain import SignInRow, verified

SYSTEM = UUID("00000000-0000-4000-8000-000000000001")
"""The clock, or whoever runs the command line; the log calls it the same (`domain.codes.SYSTEM_ACTOR`)."""
_PAGE = 5000


class SignInAct(StrEnum):
    """What happened. A value is never renamed: it stands in the record."""

    SIGNED_IN = "signed-in"
    CODE_REFUSED = "code-refused"
    """The password was right and the second factor was not: somebody may know the password."""
    PAUSED = "paused"
    """There were so many attempts that the account is paused, for whoever tries from there; once an hour."""
    RECOVERY_CODE_USED = "recovery-code-used"
    SESSION_ENDED = "session-ended"
    OTHERS_ENDED = "others-ended"
    ALL_ENDED = "all-ended"
    INVITED = "invited"
    LINK_USED = "link-used"
    """An invitation was used: the account begins anew."""
    CHOSEN = "password-set"
    """A password, by the person."""
    TELEPHONE_SET = "telephone-set"
    CODES_ISSUED = "codes-issued"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    ACCOUNT_REMOVED = "account-removed"


TOLD_BY_LETTER = frozenset(
    {
        SignInAct.LINK_USED,
        SignInAct.CHOSEN,
        SignInAct.TELEPHONE_SET,
        SignInAct.CODES_ISSUED,
        SignInAct.PASSKEY_ADDED,
        SignInAct.PASSKEY_REMOVED,
    }
)
"""A change of how somebody signs in (NIST SP 800-63B-4 §4.6: the subscriber is notified)."""


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One line. `actor`: who did it, the person or `SYSTEM`. `proof` and `device` where somebody signed in."""

    position: int
    at: datetime
    staff: UUID
    actor: UUID
    act: SignInAct
    proof: Proof | None
    device: Device | None
    session: UUID | None


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Some lines, the newest first; how many there are in all, and before which position to go on reading."""

    lines: tuple[SignInLine, ...]
    total: int
    next: int | None


class SignIns:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, *, size: int = 2) -> None:
        self._database = Database(dsn, size)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def note(
        self,
        staff: UUID,
        act: SignInAct,
        *,
        actor: UUID | None = None,
        proof: Proof | None = None,
        device: Device | None = None,
        session: UUID | None = None,
    ) -> None:
        """Writes a line, and with it the letter that is owed for it. Without `actor` the person did it."""
        values = {
            "staff": staff,
            "actor": staff if actor is None else actor,
            "act": act.value,
            "proof": proof and proof.value,
            "device": device and device.value,
            "session": session,
            "tell": act in TOLD_BY_LETTER,
        }
        self._database.run(lambda c: c.execute(query("log_sign_in"), values))

    def of(self, staff: UUID, *, before: int | None = None, most: int = 20) -> SignInPage:
        """The newest lines about this person, those before a position."""
        values = {"staff": staff, "before": before, "most": most + 1}
        rows = self._database.run(lambda c: c.execute(query("sign_ins_of"), values).fetchall())
        lines = tuple(_line(SignInRow(*row[:-1])) for row in rows[:most])
        return SignInPage(lines, rows[0][-1] if rows else 0, lines[-1].position if len(rows) > most else None)

    def verify(self, known: AccessHead | None = None) -> VerifiedAccesses:
        """Reads the whole record and recomputes its chain."""
        return verified(self._rows(), known)

    def _rows(self) -> Iterator[SignInRow]:
        position = 0
        while True:
            rows = self._page(position)
            yield from rows
            if len(rows) < _PAGE:
                return
            position = rows[-1].position

    def _page(self, position: int) -> list[SignInRow]:
        values = {"position": position, "most": _PAGE}
        rows = self._database.run(lambda c: c.execute(query("sign_ins_after"), values).fetchall())
        return [SignInRow(*row) for row in rows]


def _line(row: SignInRow) -> SignInLine:
    return SignInLine(
        row.position,
        row.at,
        row.staff,
        row.actor,
        SignInAct(row.act),
        None if row.proof is None else Proof(row.proof),
        None if row.device is None else Device(row.device),
        row.session,
    )
