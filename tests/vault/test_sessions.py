"""Sessions: who is signed in, for how long, and that whoever is put out is out with the next request."""

from __future__ import annotations

import base64
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.vault.entrance import MILA, NOW, OGNJEN, Entrance, later
from vault.errors import SignInRefused
from vault.refusals import SignInFault
from vault.sessions import IDLE, LONGEST, STEP_UP, Device, NewSession, Proof, Sessions

BLINK = timedelta(milliseconds=1)


@pytest.fixture
def signed_in(entrance: Entrance) -> NewSession:
    """Mila at her computer."""
    entrance.enrol()
    return entrance.sessions.begin(MILA, Device.COMPUTER, Proof.PASSKEY, now=NOW)


def test_a_token_says_whose_session_it_is_and_when_it_ends(entrance: Entrance, signed_in: NewSession) -> None:
    """32 random bytes, another each time, and not in what is printed."""
    other = entrance.sessions.begin(MILA, Device.PHONE, Proof.CODE, now=NOW)
    assert len(base64.urlsafe_b64decode(signed_in.token + "=")) == 32
    assert signed_in.token != other.token
    assert signed_in.token not in repr(signed_in)
    seen = entrance.sessions.seen(signed_in.token, now=later(minutes=5))
    assert seen is not None
    assert (seen.staff, seen.device, seen.proof, seen.begun_at) == (MILA, Device.COMPUTER, Proof.PASSKEY, NOW)
    assert seen.ends_at == later(minutes=20)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "š" * 43, "\ud800", "x" * 10_000, "' OR true --"])
def test_what_is_no_token_opens_nothing(entrance: Entrance, signed_in: NewSession, token: str) -> None:
    """Whatever is asked with, and by each verb."""
    assert entrance.sessions.seen(token, now=NOW) is None
    assert entrance.sessions.living(token, now=NOW) is None
    assert entrance.sessions.step_up(token, now=NOW) is None


def test_the_database_holds_no_token(entrance: Entrance, signed_in: NewSession) -> None:
    """Its hash only; the hash itself opens nothing."""
    with psycopg.connect(entrance.dsn) as connection:
        row = connection.execute("SELECT s::text, token_sha256 FROM vault.sessions AS s").fetchone()
    assert row is not None
    assert row[1] == hashlib.sha256(signed_in.token.encode()).digest()
    assert signed_in.token not in row[0]
    assert entrance.sessions.seen(row[1].hex(), now=NOW) is None


def test_idle_for_15_minutes_it_has_ended(entrance: Entrance, signed_in: NewSession) -> None:
    """Whoever works goes on; a session that has ended does not come back."""
    sessions, token = entrance.sessions, signed_in.token
    at = NOW + IDLE - BLINK
    assert sessions.seen(token, now=at) is not None
    assert sessions.seen(token, now=at + IDLE - BLINK) is not None
    at += IDLE - BLINK
    assert sessions.seen(token, now=at + IDLE) is None
    assert sessions.step_up(token, now=at + IDLE) is None
    assert sessions.listed(MILA, now=at + IDLE) == []


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(entrance: Entrance, signed_in: NewSession) -> None:
    """A screen that nobody sits at ends as well."""
    for minute in range(15):
        living = entrance.sessions.living(signed_in.token, now=later(minutes=minute))
        assert living is not None
        assert living.ends_at == NOW + IDLE
    assert entrance.sessions.living(signed_in.token, now=NOW + IDLE) is None


def test_after_12_hours_it_has_ended_however_busy(entrance: Entrance, signed_in: NewSession) -> None:
    """The whole day long, every ten minutes."""
    seen = [entrance.sessions.seen(signed_in.token, now=later(minutes=10 * i)) for i in range(72)]
    assert None not in seen
    last = seen[-1]
    assert last is not None
    assert last.ends_at == later(hours=12)
    assert entrance.sessions.seen(signed_in.token, now=NOW + LONGEST - BLINK) is not None
    assert entrance.sessions.seen(signed_in.token, now=NOW + LONGEST) is None


def test_a_page_with_many_parts_writes_once(entrance: Entrance, signed_in: NewSession) -> None:
    """Not for each picture; and never does a session outlive its time by that."""
    first = entrance.sessions.seen(signed_in.token, now=later(seconds=20))
    second = entrance.sessions.seen(signed_in.token, now=later(seconds=29))
    third = entrance.sessions.seen(signed_in.token, now=later(seconds=30))
    assert [s and s.seen_at for s in (first, second, third)] == [
        later(seconds=20),
        later(seconds=20),
        later(seconds=30),
    ]


def test_a_clock_that_is_behind_takes_nothing_back(entrance: Entrance, signed_in: NewSession) -> None:
    """Two machines differ by a minute."""
    entrance.sessions.seen(signed_in.token, now=later(minutes=10))
    behind = entrance.sessions.seen(signed_in.token, now=later(minutes=9))
    assert behind is not None
    assert behind.seen_at == later(minutes=10)


def test_stepping_up_counts_for_five_minutes_under_a_new_token(entrance: Entrance, signed_in: NewSession) -> None:
    """Whoever had the old token has nothing; signing in alone is no step up."""
    assert not signed_in.session.has_stepped_up(NOW)
    fresh = entrance.sessions.step_up(signed_in.token, now=NOW)
    assert fresh is not None
    assert fresh.session.id == signed_in.session.id
    assert entrance.sessions.seen(signed_in.token, now=NOW) is None
    seen = entrance.sessions.seen(fresh.token, now=later(minutes=1))
    assert seen is not None
    assert seen.has_stepped_up(NOW + STEP_UP - BLINK)
    assert not seen.has_stepped_up(NOW + STEP_UP)


def test_a_session_ends_for_its_owner_alone(entrance: Entrance, signed_in: NewSession) -> None:
    """Once; and another person ends none of hers."""
    sessions, session = entrance.sessions, signed_in.session.id
    assert not sessions.end(OGNJEN, session)
    assert not sessions.end(MILA, uuid4())
    assert sessions.end(MILA, session)
    assert not sessions.end(MILA, session)
    assert sessions.seen(signed_in.token, now=NOW) is None


def test_the_others_end_and_this_one_goes_on(entrance: Entrance, signed_in: NewSession) -> None:
    """As when a password was changed; nobody else is put out."""
    sessions = entrance.sessions
    entrance.enrol(OGNJEN)
    theirs = sessions.begin(OGNJEN, Device.TABLET, Proof.PASSKEY, now=NOW)
    others = [sessions.begin(MILA, device, Proof.PASSKEY, now=NOW) for device in (Device.PHONE, Device.SHARED_COMPUTER)]
    assert [s.device for s in sessions.listed(MILA, now=NOW)].count(Device.COMPUTER) == 1
    assert len(sessions.listed(MILA, now=NOW)) == 3
    assert sessions.end_others(signed_in.session) == 2
    assert [sessions.seen(o.token, now=NOW) for o in others] == [None, None]
    assert sessions.listed(MILA, now=NOW) == [signed_in.session]
    assert sessions.seen(theirs.token, now=NOW) is not None


def test_whoever_leaves_is_out_within_a_second_in_every_process(entrance: Entrance, signed_in: NewSession) -> None:
    """Four devices that ask all the time: after the switch each next answer is no, and a new session is refused."""
    made = [signed_in, *(entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW) for _ in range(3))]

    def asks(token: str) -> float:
        with closing(Sessions(entrance.dsn, size=1)) as process:  # with connections of its own, as another process
            while process.seen(token, now=NOW) is not None:
                pass
            return time.monotonic()

    with ThreadPoolExecutor(len(made)) as threads:
        asking = [threads.submit(asks, each.token) for each in made]
        time.sleep(0.2)
        assert not any(each.done() for each in asking)
        entrance.accounts.remove(MILA)
        left = time.monotonic()
        ended = [each.result(timeout=20) for each in asking]
    assert max(ended) - left < 1
    with pytest.raises(SignInRefused) as refused:
        entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
    assert refused.value.fault is SignInFault.NO_ACCOUNT


def test_all_sessions_of_a_person_end_at_once(entrance: Entrance, signed_in: NewSession) -> None:
    """Without taking the account away."""
    again = entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
    assert entrance.sessions.end_all_of(MILA) == 2
    assert entrance.sessions.seen(again.token, now=NOW) is None
    assert entrance.sessions.begin(MILA, Device.PHONE, Proof.RECOVERY_CODE, now=NOW).session.staff == MILA


def test_nobody_has_a_session_before_they_are_enrolled(entrance: Entrance) -> None:
    """Neither without an account, nor half way."""
    for _ in range(2):
        with pytest.raises(SignInRefused) as refused:
            entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW)
        assert refused.value.fault is SignInFault.NO_ACCOUNT
        entrance.open_account()


def test_what_has_run_out_is_swept_away(entrance: Entrance, signed_in: NewSession) -> None:
    """The table says who is signed in, not who was."""
    entrance.sessions.begin(MILA, Device.PHONE, Proof.PASSKEY, now=NOW + LONGEST)
    with psycopg.connect(entrance.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM vault.sessions").fetchone() == (1,)


def test_the_role_turns_no_session_into_anothers(entrance: Entrance, signed_in: NewSession) -> None:
    """Neither to another person, nor to a longer life."""
    with psycopg.connect(entrance.dsn, autocommit=True) as connection:
        for statement in (
            "UPDATE vault.sessions SET staff = staff",
            "UPDATE vault.sessions SET begun_at = begun_at",
            "UPDATE vault.sessions SET proof = proof",
            "UPDATE vault.accounts SET staff = staff",
            "UPDATE vault.passkeys SET staff = staff",
            "UPDATE vault.passkeys SET credential_id = credential_id",
            "UPDATE vault.recovery_codes SET hash = hash",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
