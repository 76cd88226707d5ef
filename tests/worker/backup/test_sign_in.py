"""Sign-in across a restore: nobody is signed in, and nothing that was taken away since the backup opens again."""

from __future__ import annotations

import psycopg
import pytest

from tests.vault.authenticator import Authenticator
from tests.vault.entrance import MILA, NOW, OGNJEN, PASSPHRASE, Entrance, entrance_of, later
from tests.worker.backup.place import Installation
from vault.errors import SignInRefused
from vault.refusals import SignInFault
from vault.sessions import Device, Proof

EMPTIED = ("sessions", "passkey_ceremonies", "invitations", "enrolments", "recovery_codes", "sign_in_attempts")


def counts(dsn: str) -> dict[str, int]:
    """How many rows each of these tables has."""
    with psycopg.connect(dsn) as connection:
        return {
            table: row[0]
            for table in EMPTIED
            if (row := connection.execute(f"SELECT count(*) FROM vault.{table}").fetchone()) is not None
        }


def opens(entrance: Entrance, device: Authenticator) -> SignInFault | None:
    """Why a passkey is refused; None where it is not."""
    asked = entrance.passkeys.begin_assertion(now=NOW)
    try:
        entrance.passkeys.finish_assertion(asked.token, device.sign(asked.options), now=NOW)
    except SignInRefused as error:
        return error.fault
    return None


def test_after_a_restore_everybody_signs_in_anew_by_what_was_not_taken_away(
    installation: Installation, elsewhere: Installation
) -> None:
    """A lost telephone, a replaced password and somebody who left stay out; the passkey that was kept goes on."""
    installation.opened(1)
    with installation.keys() as keys, entrance_of(installation.settings.vault, keys, installation.ledger) as entrance:
        kept = entrance.enrol(MILA)
        lost = entrance.add_passkey(MILA, name="izgubljen", now=later(minutes=1))
        left = entrance.enrol(OGNJEN)
        entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
        entrance.recovery.issue(MILA)
        session = entrance.sessions.begin(MILA, Device.COMPUTER, Proof.PASSKEY, now=NOW)
        entrance.attempts.begin("mila@example.org", "203.0.113.7", now=NOW)
        link = entrance.invitations.invite(MILA, now=NOW)
        asked = entrance.passkeys.begin_assertion(now=NOW)
        assert min(count for table, count in counts(installation.settings.vault).items() if table != "enrolments") > 0
        installation.take()
        entrance.passkeys.remove(MILA, entrance.passkeys.of(MILA)[1].id)
        entrance.passwords.choose(MILA, "četiri žuta miša", now=NOW)
        entrance.accounts.remove(OGNJEN)
    elsewhere.restored()
    vault = elsewhere.settings.vault
    assert counts(vault) == dict.fromkeys(EMPTIED, 0)
    with elsewhere.keys() as keys, entrance_of(vault, keys, elsewhere.ledger) as entrance:
        assert entrance.sessions.seen(session.token, now=NOW) is None
        with pytest.raises(SignInRefused):
            entrance.invitations.redeem(link.token, now=NOW)
        with pytest.raises(SignInRefused):
            entrance.passkeys.finish_assertion(asked.token, kept.sign(asked.options), now=NOW)
        with pytest.raises(SignInRefused):
            entrance.passwords.check(MILA, PASSPHRASE)
        assert [opens(entrance, device) for device in (lost, left)] == [SignInFault.PASSKEY_UNKNOWN] * 2
        assert opens(entrance, kept) is None
        assert entrance.sessions.begin(MILA, Device.COMPUTER, Proof.PASSKEY, now=NOW).session.staff == MILA
