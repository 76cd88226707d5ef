"""Errors of the vault. It imports nothing of ours, so they are a small tree of their own.

VaultError
├── KekFault              the key-encryption key is missing, readable by others, or malformed
│   └── WrongKek          it is not the one that the stored keys are wrapped with
├── UnknownKey            no data key has this id (also a LookupError)
├── UnknownStaff          no member of staff has this id (also a LookupError)
├── StaffKnown            there is a member of staff with this id already
├── StaffConflict         somebody else changed a member of staff meanwhile; it carries what is stored now
├── WebhookKnown          there is a subscription under this id already
├── NumberInvalid         what was typed is no telephone number (also a ValueError)
├── IdentityInvalid       what was typed of a client is no name, birth or contact (also a ValueError)
├── IdentityUnknown       nothing is known of who this client is, or it was erased (also a LookupError)
├── IdentityConflict      somebody else wrote meanwhile; it carries what is stored now
├── DocumentConflict      another content is kept under this document
├── AccessNotLogged       the access log takes no line, so nothing is shown
├── ViewUnknown           there is no such saved view, or it is somebody else's (also a LookupError)
├── ViewConflict          somebody else changed a saved view meanwhile; it carries what is stored now
├── PasswordRefused       a password that cannot be chosen, with its `fault` (also a ValueError)
├── SignInRefused         somebody is not let in, with its `fault`
├── TooManyAttempts       somebody is to wait before they try again, with `until`
├── RecordBroken          a stored record does not open: altered, or moved from another row
├── LedgerFault           the shred ledger cannot be read or written, or has lost lines
└── VaultUnavailable      the vault's database cannot be reached; the call may be repeated
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vault.refusals import PasswordFault, SignInFault

if TYPE_CHECKING:
    from vault.identities import Revealed
    from vault.saved_views import SavedView
    from vault.staff import StaffMember


class VaultError(Exception):
    """The root of the tree."""


class KekFault(VaultError):
    """The key-encryption key cannot be used. The text says what to do."""


class WrongKek(KekFault):
    """The stored keys are wrapped with another key-encryption key."""


class UnknownKey(VaultError, LookupError):
    """No data key has this id."""


class UnknownStaff(VaultError, LookupError):
    """No member of staff has this id."""


class StaffKnown(VaultError):
    """There is a member of staff with this id already. Nothing of theirs was changed."""


class StaffConflict(VaultError):
    """Somebody else changed the person meanwhile. Nothing was changed; `stored` is what is there now."""

    def __init__(self, stored: StaffMember) -> None:
        super().__init__(f"member of staff {stored.id} was changed meanwhile")
        self.stored = stored


class WebhookKnown(VaultError):
    """There is a subscription under this id already. Nothing of it was changed."""


class NumberInvalid(VaultError, ValueError):
    """What was typed is no telephone number. The text does not repeat it."""


class IdentityInvalid(VaultError, ValueError):
    """What was typed of a client is no name, birth or contact. The text does not repeat it."""


class IdentityUnknown(VaultError, LookupError):
    """Nothing is known of who this client is: never written, or erased."""


class IdentityConflict(VaultError):
    """Somebody else wrote meanwhile; nothing was changed. That `stored`, what is there now, was shown is logged."""

    def __init__(self, stored: Revealed) -> None:
        super().__init__(f"the identity of journey {stored.journey} was written meanwhile: version {stored.version}")
        self.stored = stored


class DocumentConflict(VaultError):
    """Another content is kept under this document. Nothing was changed."""


class AccessNotLogged(VaultError):
    """The access log takes no line, so nothing is shown."""


class ViewUnknown(VaultError, LookupError):
    """There is no such saved view, or it is somebody else's."""


class ViewConflict(VaultError):
    """Somebody else changed a saved view meanwhile; nothing was changed. `stored` is what is there now."""

    def __init__(self, stored: SavedView) -> None:
        super().__init__(f"view {stored.id} was changed meanwhile: version {stored.version}")
        self.stored = stored


class PasswordRefused(VaultError, ValueError):
    """A password that cannot be chosen. Nothing was changed."""

    def __init__(self, fault: PasswordFault) -> None:
        super().__init__(f"the password cannot be chosen: {fault}")
        self.fault = fault


class SignInRefused(VaultError):
    """Somebody is not let in. The text names neither them nor what they gave."""

    def __init__(self, fault: SignInFault) -> None:
        super().__init__(f"not let in: {fault}")
        self.fault = fault


class TooManyAttempts(VaultError):
    """Too many attempts to sign in: the next one counts from `until` on. Nothing was tried."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"too many attempts; the next one not before {until}")
        self.until = until


class RecordBroken(VaultError):
    """A stored record does not open: it was altered, or moved from another row."""


class VaultUnavailable(VaultError):
    """The vault's database cannot be reached now. Nothing is lost; the call may be repeated."""


class LedgerFault(VaultError):
    """The shred ledger cannot be read or written, or has lost lines. The text says what to do."""
