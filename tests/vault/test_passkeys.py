"""Passkeys in the vault: asked once, answered once, several for a person, and removed for good."""

from __future__ import annotations

import json
from datetime import timedelta

import psycopg
import pytest

from tests.vault.authenticator import Authenticator
from tests.vault.entrance import MILA, NOW, OGNJEN, Entrance, later
from vault.errors import RecordBroken, SignInRefused
from vault.passkeys import user_handle
from vault.refusals import SignInFault

LIFE = timedelta(minutes=5)
BLINK = timedelta(milliseconds=1)


def refused(entrance: Entrance, token: str, answer: str) -> SignInFault:
    with pytest.raises(SignInRefused) as error:
        entrance.passkeys.finish_assertion(token, answer, now=NOW)
    return error.value.fault


def not_registered(entrance: Entrance, token: str, answer: str) -> SignInFault:
    with pytest.raises(SignInRefused) as error:
        entrance.passkeys.finish_registration(token, answer, name="x", now=NOW)
    return error.value.fault


def signs_in(entrance: Entrance, device: Authenticator) -> None:
    asked = entrance.passkeys.begin_assertion(now=NOW)
    entrance.passkeys.finish_assertion(asked.token, device.sign(asked.options), now=NOW)


def test_whoever_answers_is_who_they_are(entrance: Entrance) -> None:
    """Without a name typed; the use is noted."""
    device = entrance.enrol()
    theirs = entrance.enrol(OGNJEN)
    for who, by in ((MILA, device), (OGNJEN, theirs)):
        asked = entrance.passkeys.begin_assertion(now=NOW)
        found = entrance.passkeys.finish_assertion(asked.token, by.sign(asked.options), now=later(minutes=1))
        assert (found.staff, found.name) == (who, "telefon")
        assert [p.last_used_at for p in entrance.passkeys.of(who)] == [later(minutes=1)]


def test_several_are_named_and_one_is_removed(entrance: Entrance) -> None:
    """A lost telephone opens nothing; the key on the ring goes on. Nobody removes another's."""
    lost = entrance.enrol()
    kept = entrance.add_passkey(name="ključ", now=later(minutes=1))
    first, second = entrance.passkeys.of(MILA)
    assert [first.name, second.name] == ["telefon", "ključ"]
    assert "telefon" not in repr(first)
    assert not entrance.passkeys.remove(OGNJEN, first.id)
    assert entrance.passkeys.remove(MILA, first.id)
    assert not entrance.passkeys.remove(MILA, first.id)
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert refused(entrance, asked.token, lost.sign(asked.options)) is SignInFault.PASSKEY_UNKNOWN
    signs_in(entrance, kept)
    assert [p.id for p in entrance.passkeys.of(MILA)] == [second.id]


def test_a_removed_passkey_is_gone_from_backups_too(entrance: Entrance) -> None:
    """Its row, as a backup would bring it back, is the row of no passkey: its key is in the ledger."""
    device = entrance.enrol()
    with psycopg.connect(entrance.dsn, autocommit=True) as connection:
        row = connection.execute(
            "SELECT id, staff, credential_id, key_id, sealed, counter, added_at FROM vault.passkeys"
        ).fetchone()
        assert row is not None
        entrance.passkeys.remove(MILA, row[0])
        assert entrance.ledger.keys() == {row[3]}
        connection.execute(
            "INSERT INTO vault.passkeys (id, staff, credential_id, key_id, sealed, counter, added_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            row,
        )
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert refused(entrance, asked.token, device.sign(asked.options)) is SignInFault.PASSKEY_UNKNOWN
    assert entrance.passkeys.of(MILA) == []


def test_a_challenge_is_answered_once(entrance: Entrance) -> None:
    """The same answer again, and any other answer to it, is refused."""
    device = entrance.enrol()
    asked = entrance.passkeys.begin_assertion(now=NOW)
    answer = device.sign(asked.options)
    entrance.passkeys.finish_assertion(asked.token, answer, now=NOW)
    assert refused(entrance, asked.token, answer) is SignInFault.NOT_ASKED
    assert refused(entrance, asked.token, device.sign(asked.options)) is SignInFault.NOT_ASKED


def test_a_wrong_answer_uses_the_challenge_up(entrance: Entrance) -> None:
    """Nobody tries twice on one."""
    device = entrance.enrol()
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert refused(entrance, asked.token, device.sign(asked.options, verifies=False)) is SignInFault.USER_NOT_VERIFIED
    assert refused(entrance, asked.token, device.sign(asked.options)) is SignInFault.NOT_ASKED


def test_a_replayed_answer_does_not_fit_a_new_challenge(entrance: Entrance) -> None:
    """Overheard yesterday, sent today; nor does another browser's token help."""
    device = entrance.enrol()
    mine, theirs = entrance.passkeys.begin_assertion(now=NOW), entrance.passkeys.begin_assertion(now=NOW)
    overheard = device.sign(mine.options)
    assert refused(entrance, theirs.token, overheard) is SignInFault.OTHER_CHALLENGE
    entrance.passkeys.finish_assertion(mine.token, overheard, now=NOW)


def test_a_challenge_is_kept_for_five_minutes(entrance: Entrance) -> None:
    """And is swept away with the next that is asked."""
    device = entrance.enrol()
    in_time, late = entrance.passkeys.begin_assertion(now=NOW), entrance.passkeys.begin_assertion(now=NOW)
    entrance.passkeys.finish_assertion(in_time.token, device.sign(in_time.options), now=NOW + LIFE - BLINK)
    with pytest.raises(SignInRefused) as error:
        entrance.passkeys.finish_assertion(late.token, device.sign(late.options), now=NOW + LIFE)
    assert error.value.fault is SignInFault.NOT_ASKED
    entrance.passkeys.begin_assertion(now=NOW + LIFE)
    with psycopg.connect(entrance.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM vault.passkey_ceremonies").fetchone() == (1,)


def test_the_counter_is_remembered(entrance: Entrance) -> None:
    """A copy of the key that lags behind is found out, and the real one goes on."""
    device = entrance.enrol()
    copy = Authenticator(key=device.key, credential=device.credential, handle=device.handle)
    signs_in(entrance, device)
    signs_in(entrance, device)
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert refused(entrance, asked.token, copy.sign(asked.options)) is SignInFault.COUNTER_RAN_BACK
    signs_in(entrance, device)


def test_to_step_up_only_the_same_person_will_do(entrance: Entrance) -> None:
    """A colleague's passkey opens nothing in a session of Mila's."""
    device, theirs = entrance.enrol(), entrance.enrol(OGNJEN)
    asked = entrance.passkeys.begin_assertion(now=NOW, staff=MILA)
    assert refused(entrance, asked.token, theirs.sign(asked.options)) is SignInFault.PASSKEY_UNKNOWN
    asked = entrance.passkeys.begin_assertion(now=NOW, staff=MILA)
    assert entrance.passkeys.finish_assertion(asked.token, device.sign(asked.options), now=NOW).staff == MILA


def test_a_device_that_says_it_is_somebody_elses_is_refused(entrance: Entrance) -> None:
    """The name in it does not belong to the passkey."""
    device = entrance.enrol()
    device.handle = user_handle(OGNJEN)
    asked = entrance.passkeys.begin_assertion(now=NOW)
    assert refused(entrance, asked.token, device.sign(asked.options)) is SignInFault.NOT_PROVEN
    assert user_handle(MILA) != user_handle(OGNJEN)
    assert MILA.bytes not in user_handle(MILA)


def test_a_challenge_is_good_for_what_it_was_asked_for(entrance: Entrance) -> None:
    """One to sign in registers nothing, and the other way round."""
    device = entrance.enrol()
    sign_in = entrance.passkeys.begin_assertion(now=NOW)
    registration = entrance.passkeys.begin_registration(MILA, label="Mila", now=NOW)
    answer = Authenticator().register(registration.options)
    assert not_registered(entrance, sign_in.token, answer) is SignInFault.NOT_ASKED
    assert refused(entrance, registration.token, device.sign(sign_in.options)) is SignInFault.NOT_ASKED


def test_a_registration_names_what_is_there_and_is_answered_once(entrance: Entrance) -> None:
    """The same device is not added again, whoever asks."""
    device = entrance.enrol()
    asked = entrance.passkeys.begin_registration(MILA, label="Mila", now=NOW)
    assert len(json.loads(asked.options)["excludeCredentials"]) == 1
    assert not_registered(entrance, asked.token, device.register(asked.options)) is SignInFault.PASSKEY_KNOWN
    another = Authenticator().register(asked.options)
    assert not_registered(entrance, asked.token, another) is SignInFault.NOT_ASKED
    for name in ("", "x" * 101):
        with pytest.raises(ValueError, match="between 1 and"):
            entrance.passkeys.finish_registration(asked.token, "", name=name, now=NOW)


def test_without_an_account_nobody_registers(entrance: Entrance) -> None:
    """Nor once it has gone meanwhile."""
    with pytest.raises(SignInRefused) as error:
        entrance.passkeys.begin_registration(MILA, label="Mila", now=NOW)
    assert error.value.fault is SignInFault.NO_ACCOUNT
    entrance.open_account()
    asked = entrance.passkeys.begin_registration(MILA, label="Mila", now=NOW)
    entrance.accounts.remove(MILA)
    answer = Authenticator().register(asked.options)
    assert not_registered(entrance, asked.token, answer) is SignInFault.NOT_ASKED


def test_a_passkey_put_there_by_hand_opens_nothing(entrance: Entrance) -> None:
    """Whoever writes to the table without the vault's keys gets no key of theirs into Mila's account."""
    entrance.enrol()
    theirs = entrance.enrol(OGNJEN)
    with psycopg.connect(entrance.dsn, autocommit=True) as connection:
        connection.execute(
            "WITH taken AS (DELETE FROM vault.passkeys WHERE staff = %s RETURNING *)"
            " INSERT INTO vault.passkeys (id, staff, credential_id, key_id, sealed, counter, added_at)"
            " SELECT gen_random_uuid(), %s, decode(repeat('00', 32), 'hex'), key_id, sealed, 0, added_at FROM taken",
            (OGNJEN, MILA),
        )
    theirs.credential = bytes(32)
    asked = entrance.passkeys.begin_assertion(now=NOW)
    with pytest.raises(RecordBroken):
        entrance.passkeys.finish_assertion(asked.token, theirs.sign(asked.options), now=NOW)
