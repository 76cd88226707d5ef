"""By what somebody proves who they are: counted, compared, and written into the sign-in record where it is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn
from uuid import UUID

import structlog

from vault.attempts import Attempt
from vault.errors import SignInRefused, TooManyAttempts
from vault.passkeys import Passkey
from vault.refusals import SignInFault
from vault.sessions import Device, Proof
from vault.sign_ins import SYSTEM, SignInAct
from vault.staff import StaffMember
from worker.sign_in_vault import SignInVault

_log = structlog.get_logger(__name__)
_ALARMS = frozenset({SignInFault.FOREIGN_ORIGIN, SignInFault.COUNTER_RAN_BACK})
_DIGITS = 6


class Proving:
    """Of `worker.signing_in`; `clock` is that of sign-in."""

    def __init__(self, vault: SignInVault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def attempt(self, name: str, address: str, whose: Callable[[], StaffMember | None], now: datetime) -> Attempt:
        """Counts it. Whoever is paused by it finds that in their record."""
        try:
            return self._vault.attempts.begin(name, address, now=now)
        except TooManyAttempts:
            member = whose()
            if member is not None:
                self._vault.record.note(member.id, SignInAct.PAUSED, actor=SYSTEM)
            raise

    def proven(
        self, staff: UUID | None, password: str, code: str, now: datetime, device: Device | None = None
    ) -> Proof:
        """A wrong password uses no code up, and costs a look for one all the same.

        A right one with a wrong code is in the record: somebody may know the password.
        """
        try:
            self._vault.passwords.check(staff, password)
        except SignInRefused:
            self._check_code(SYSTEM, code, now)  # who has no account
            raise
        assert staff is not None
        try:
            proof = self._check_code(staff, code, now)
        except SignInRefused:
            self._vault.record.note(staff, SignInAct.CODE_REFUSED, actor=SYSTEM, device=device)
            raise
        if proof is Proof.RECOVERY_CODE:
            self._vault.record.note(staff, SignInAct.RECOVERY_CODE_USED, device=device)
        return proof

    def _check_code(self, staff: UUID, code: str, now: datetime) -> Proof:
        """Six digits are of a telephone, anything longer is of the paper."""
        if sum(letter.isalnum() for letter in code) > _DIGITS:
            self._vault.recovery.use(staff, code, now=now)
            return Proof.RECOVERY_CODE
        self._vault.generators.check(staff, code, now=now)
        return Proof.CODE

    def answered(self, ceremony: str, answer: str, address: str) -> Passkey:
        """The passkey that answered a challenge. Raises `SignInRefused`."""
        now = self._clock()
        try:
            passkey = self._vault.passkeys.finish_assertion(ceremony, answer, now=now)
        except SignInRefused as refused:
            raise_with_alarm(refused)
        self._vault.attempts.answered(address, now=now)
        return passkey


def raise_with_alarm(refused: SignInRefused) -> NoReturn:
    """Somebody was lured to another site, or a key was copied: who runs this is to hear of it, without a name."""
    if refused.fault in _ALARMS:
        _log.critical("sign-in alarm", fault=refused.fault.value)
    raise refused
