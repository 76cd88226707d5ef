"""Sign-in as the pages know it: who somebody is, by what they prove it, and what they set about it.

    made = sign_in.by_password("jelena@example.org", "…", "123456", place=Place(address, Device.COMPUTER))
    who = sign_in.seen(made.token)      # at each request; None: sign in

Every call asks the vault, so it belongs into a thread, and raises `VaultUnavailable` while that is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from staff.ports import Person
from vault.accounts import Account
from vault.invitations import Link
from vault.passkeys import Ceremony, Passkey
from vault.second_factor import NewGenerator
from vault.sessions import Device, NewSession, Session
from vault.sign_ins import SignInPage


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody signs in: the network address, and the kind of device as they say it themselves."""

    address: str
    device: Device


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """What somebody sees of their own sign-in."""

    account: Account
    sessions: tuple[Session, ...]
    passkeys: tuple[Passkey, ...]


class SignIn(Protocol):
    """Whoever is not let in gets `SignInRefused`; whoever tries too often, `TooManyAttempts`."""

    def seen(self, token: str) -> Session | None:
        """Whose session it is, which goes on; None for one that is over, or of somebody who has left."""
        ...

    def living(self, token: str) -> Session | None:
        """The same, without keeping it alive: for what a page asks by itself."""
        ...

    def person(self, staff: UUID) -> Person | None:
        """The member of staff, read anew from the directory."""
        ...

    def by_password(self, name: str, password: str, code: str, *, place: Place) -> NewSession:
        """A session by a password and a code of the telephone or a recovery code. As much work whatever is wrong."""
        ...

    def ask_passkey(self, *, address: str, staff: UUID | None = None) -> Ceremony:
        """Asks a browser for a passkey of ours, or of this person."""
        ...

    def by_passkey(self, ceremony: str, answer: str, *, place: Place) -> NewSession:
        """A session by the passkey that answered."""
        ...

    def end(self, staff: UUID, session: UUID) -> bool:
        """Whether this person had such a session."""
        ...

    def end_others(self, kept: Session) -> int:
        """Ends every session of this person but this one."""
        ...

    def remove(self, staff: UUID) -> None:
        """Ends sessions and account of somebody who has left."""
        ...

    def stepped_up_by_password(self, token: str, password: str, code: str, *, address: str) -> NewSession:
        """The same session under a new token, once they have proven anew who they are."""
        ...

    def stepped_up_by_passkey(self, token: str, ceremony: str, answer: str, *, address: str) -> NewSession:
        """The same by a passkey of this person."""
        ...

    def has_stepped_up(self, session: Session) -> bool:
        """Whether they proved who they are within the last 5 minutes."""
        ...

    def redeem(self, invitation: str) -> Link:
        """Uses a link up: what was set before is gone. Its token is that of the enrolment."""
        ...

    def enrolling(self, enrolment: str) -> UUID:
        """Who is setting by what they sign in."""
        ...

    def complete(self, enrolment: str, *, place: Place) -> NewSession:
        """Ends the enrolment with a first session. `SignInFault.TOO_LITTLE` while too little is set."""
        ...

    def own(self, staff: UUID) -> OwnSignIn | None:
        """What somebody sees of their own; None where there is no account."""
        ...

    def choose_password(self, staff: UUID, password: str) -> None:
        """Sets or replaces it. Raises `PasswordRefused`."""
        ...

    def begin_generator(self, staff: UUID) -> NewGenerator:
        """A new secret for a telephone, to be confirmed by a code of it."""
        ...

    def waiting_generator(self, staff: UUID) -> NewGenerator | None:
        """The one that is to be confirmed, once more."""
        ...

    def confirm_generator(self, staff: UUID, code: str) -> None:
        """From now on its codes count, and those of the one before no more."""
        ...

    def issue_recovery_codes(self, staff: UUID) -> tuple[str, ...]:
        """Ten new ones; those before are good for nothing."""
        ...

    def ask_new_passkey(self, staff: UUID, *, address: str) -> Ceremony:
        """Asks a browser to make a passkey."""
        ...

    def add_passkey(self, ceremony: str, answer: str, *, staff: UUID, name: str) -> Passkey:
        """Keeps the passkey that was made for this person. Raises `ValueError` for a name that is none."""
        ...

    def remove_passkey(self, staff: UUID, passkey: UUID) -> bool:
        """Whether it was removed: the last one is not where nothing else lets them in."""
        ...

    def recorded(self, staff: UUID, *, before: int | None = None, most: int) -> SignInPage:
        """The newest lines of the sign-in record about this person, those before a position."""
        ...
