"""Invitations: a link that opens once, the account it begins, and what becomes of it when somebody leaves."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.vault.entrance import MILA, NOW, OGNJEN, PASSPHRASE, Entrance, later
from vault.accounts import Account
from vault.errors import LedgerFault, SignInRefused, UnknownStaff
from vault.invitations import ENROLMENT_LIFE, INVITATION_LIFE, Invitations
from vault.kek import Kek
from vault.keys import Keys
from vault.refusals import SignInFault
from vault.sessions import Device, Proof
from vault.shredding import ShredLedger

BLINK = timedelta(milliseconds=1)


def dead(entrance: Entrance, token: str, **by: float) -> bool:
    with pytest.raises(SignInRefused) as error:
        entrance.invitations.redeem(token, now=later(**by))
    return error.value.fault is SignInFault.LINK_DEAD


def too_little(entrance: Entrance, token: str) -> bool:
    with pytest.raises(SignInRefused) as error:
        entrance.invitations.complete(token, now=NOW)
    return error.value.fault is SignInFault.TOO_LITTLE


def test_a_new_member_of_staff_comes_in_by_a_link(entrance: Entrance) -> None:
    """From the link to the first session, with a passkey."""
    link = entrance.invitations.invite(MILA, now=NOW)
    assert (link.staff, link.expires_at) == (MILA, NOW + INVITATION_LIFE)
    assert link.token not in repr(link)
    assert entrance.accounts.get(MILA) is None
    enrolment = entrance.invitations.redeem(link.token, now=NOW)
    assert (enrolment.staff, enrolment.expires_at) == (MILA, NOW + ENROLMENT_LIFE)
    assert entrance.invitations.enrolling(enrolment.token, now=NOW) == MILA
    entrance.add_passkey()
    assert entrance.invitations.complete(enrolment.token, now=later(minutes=1)) == MILA
    assert entrance.accounts.get(MILA) == Account(MILA, NOW, later(minutes=1), False, False, 1, 0)
    assert entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW).session.staff == MILA


def test_enough_is_a_passkey_or_a_password_with_codes(entrance: Entrance) -> None:
    """A password alone is not, nor a telephone that never showed a code, nor codes alone."""
    token = entrance.open_account()
    assert too_little(entrance, token)
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    assert too_little(entrance, token)
    entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    assert too_little(entrance, token)
    entrance.add_generator()
    entrance.recovery.issue(MILA)
    assert entrance.invitations.complete(token, now=NOW) == MILA
    assert entrance.accounts.get(MILA) == Account(MILA, NOW, NOW, True, True, 0, 10)
    codes_alone = entrance.open_account(OGNJEN)
    entrance.add_generator(OGNJEN)
    assert too_little(entrance, codes_alone)


def test_a_link_opens_once(entrance: Entrance) -> None:
    """Also when two people press the button at once; the token of the link is none of the enrolment."""
    link = entrance.invitations.invite(MILA, now=NOW)

    def redeems(_: int) -> bool:
        try:
            entrance.invitations.redeem(link.token, now=NOW)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(redeems, range(4))) == 1
    assert dead(entrance, link.token)
    with pytest.raises(SignInRefused):
        entrance.invitations.enrolling(link.token, now=NOW)


def test_a_link_lives_for_72_hours_and_an_enrolment_for_30_minutes(entrance: Entrance) -> None:
    """To the moment."""
    early, late = entrance.invitations.invite(MILA, now=NOW), entrance.invitations.invite(OGNJEN, now=NOW)
    at = NOW + INVITATION_LIFE - BLINK
    enrolment = entrance.invitations.redeem(early.token, now=at)
    assert dead(entrance, late.token, hours=72)
    entrance.add_passkey()
    assert entrance.invitations.enrolling(enrolment.token, now=at + ENROLMENT_LIFE - BLINK) == MILA
    for verb in (entrance.invitations.enrolling, entrance.invitations.complete):
        with pytest.raises(SignInRefused) as error:
            verb(enrolment.token, now=at + ENROLMENT_LIFE)
        assert error.value.fault is SignInFault.LINK_DEAD


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\ud800", "x" * 10_000])
def test_what_is_no_token_opens_nothing(entrance: Entrance, token: str) -> None:
    """Whatever is asked with."""
    entrance.invitations.invite(MILA, now=NOW)
    assert dead(entrance, token)


def test_a_newer_link_takes_the_place_of_the_older(entrance: Entrance) -> None:
    """The first may be in the wrong hands."""
    older, newer = entrance.invitations.invite(MILA, now=NOW), entrance.invitations.invite(MILA, now=NOW)
    assert dead(entrance, older.token)
    assert entrance.invitations.redeem(newer.token, now=NOW).staff == MILA


def test_whoever_read_the_link_first_leaves_nothing_behind(entrance: Entrance) -> None:
    """Their passkey, password and codes are gone once the second link is used; so are sessions."""
    intruder = entrance.enrol()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    session = entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
    link = entrance.invitations.invite(MILA, now=NOW)
    assert entrance.sessions.seen(session.token, now=NOW) is not None, "an invitation alone changes nothing"
    token = entrance.invitations.redeem(link.token, now=NOW).token
    assert entrance.sessions.seen(session.token, now=NOW) is None
    assert entrance.accounts.get(MILA) == Account(MILA, NOW, None, False, False, 0, 0)
    assert too_little(entrance, token)
    asked = entrance.passkeys.begin_assertion(now=NOW)
    with pytest.raises(SignInRefused):
        entrance.passkeys.finish_assertion(asked.token, intruder.sign(asked.options), now=NOW)
    with pytest.raises(SignInRefused):
        entrance.passwords.check(MILA, PASSPHRASE)


def test_whoever_leaves_has_nothing_that_opens(entrance: Entrance) -> None:
    """Link, sessions, passkeys, password, codes: and the keys of what was stored are in the ledger."""
    entrance.enrol()
    entrance.enrol(OGNJEN)
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    entrance.add_generator()
    entrance.recovery.issue(MILA)
    session = entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
    link = entrance.invitations.invite(MILA, now=NOW)
    with psycopg.connect(entrance.dsn) as connection:
        living = "SELECT key_id FROM vault.data_keys WHERE stream = %s AND destroyed_at IS NULL"
        theirs = {row[0] for row in connection.execute(living, (f"account-{MILA}",))}
        assert len(theirs) == 4
        assert entrance.accounts.remove(MILA)
        assert connection.execute(living, (f"account-{MILA}",)).fetchall() == []
    assert theirs <= entrance.ledger.keys()
    assert not entrance.accounts.remove(MILA)
    assert entrance.accounts.get(MILA) is None
    assert entrance.sessions.seen(session.token, now=NOW) is None
    assert dead(entrance, link.token)
    assert entrance.passkeys.of(MILA) == []
    assert entrance.recovery.left(MILA) == 0
    with pytest.raises(SignInRefused):
        entrance.passwords.check(MILA, PASSPHRASE)
    other = entrance.accounts.get(OGNJEN)
    assert other is not None
    assert other.passkeys == 1


def test_whoever_comes_back_begins_anew(entrance: Entrance) -> None:
    """By another link."""
    entrance.enrol()
    entrance.accounts.remove(MILA)
    device = entrance.enrol()
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert entrance.passkeys.finish_assertion(asked.token, device.sign(asked.options), now=NOW).staff == MILA


def test_a_ledger_that_cannot_be_written_keeps_the_link_alive(entrance: Entrance, tmp_path: Path) -> None:
    """Nothing was destroyed, so nothing is begun anew."""
    entrance.enrol()
    link = entrance.invitations.invite(MILA, now=NOW)
    broken = ShredLedger(tmp_path / "no folder" / "shredded.jsonl")
    with (
        closing(Keys(entrance.dsn, Kek(b"\x01" * 32), ledger=broken)) as keys,
        closing(Invitations(entrance.dsn, keys)) as invitations,
        pytest.raises(LedgerFault),
    ):
        invitations.redeem(link.token, now=NOW)
    account = entrance.accounts.get(MILA)
    assert account is not None
    assert account.passkeys == 1
    assert entrance.invitations.redeem(link.token, now=NOW).staff == MILA


def test_the_database_holds_no_token(entrance: Entrance) -> None:
    """Hashes only, of link and enrolment."""
    link = entrance.invitations.invite(MILA, now=NOW)
    with psycopg.connect(entrance.dsn) as connection:
        stored = connection.execute("SELECT token_sha256 FROM vault.invitations").fetchall()
        assert stored == [(hashlib.sha256(link.token.encode()).digest(),)]
    enrolment = entrance.invitations.redeem(link.token, now=NOW)
    with psycopg.connect(entrance.dsn) as connection:
        stored = connection.execute("SELECT token_sha256 FROM vault.enrolments").fetchall()
    assert stored == [(hashlib.sha256(enrolment.token.encode()).digest(),)]


def test_nobody_but_staff_is_invited(entrance: Entrance) -> None:
    """An id that nobody has."""
    with pytest.raises(UnknownStaff):
        entrance.invitations.invite(uuid4(), now=NOW)
