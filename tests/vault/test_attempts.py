"""Attempts to sign in: guessing gets slower and slower, and nobody keeps a caseworker out by guessing at her name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.entrance import NOW, Entrance, later
from vault.attempts import (
    ADDRESS,
    ELSEWHERE,
    KNOWN_ADDRESS,
    KNOWN_FOR,
    Attempts,
    Rule,
    normal_account,
    normal_address,
)
from vault.errors import TooManyAttempts

ACCOUNT = "mila@example.org"
OFFICE = "203.0.113.7"
SECOND = timedelta(seconds=1)


def elsewhere(number: int) -> str:
    """Another address each time: somebody has many machines."""
    return f"198.51.{number // 200}.{number % 200 + 1}"


def paused(entrance: Entrance, account: str, address: str, now: datetime) -> timedelta:
    """For how long from now."""
    with pytest.raises(TooManyAttempts) as error:
        entrance.attempts.begin(account, address, now=now)
    assert account not in f"{error.value!r}{error.value}"
    assert address not in f"{error.value!r}{error.value}"
    return error.value.until - now


def guess(entrance: Entrance, times: int, account: str = ACCOUNT, address: str | None = None) -> datetime:
    """So many wrong guesses, each as soon as it may be; returns when the last one was."""
    now = NOW
    for number in range(times):
        try:
            entrance.attempts.begin(account, address or elsewhere(number), now=now)
        except TooManyAttempts as error:
            now = error.until
            entrance.attempts.begin(account, address or elsewhere(number), now=now)
    return now


def test_pauses_double_up_to_the_longest() -> None:
    """The table at the head of the module."""
    assert [ELSEWHERE.pause(n).seconds for n in (1, 5, 6, 7, 8, 17, 18, 19, 10_000)] == [
        0,
        0,
        1,
        2,
        4,
        2048,
        3600,
        3600,
        3600,
    ]
    assert [KNOWN_ADDRESS.pause(n).seconds for n in (5, 6, 11, 12, 10_000)] == [0, 1, 32, 42, 42]
    assert [ADDRESS.pause(n).seconds for n in (9, 10, 15, 16)] == [0, 1, 32, 42]


@given(st.integers(1, 100), st.integers(0, 100_000), st.integers(0, 10**9))
def test_no_pause_is_for_good(free: int, longest: int, attempts: int) -> None:
    """And none is shorter than the one before."""
    rule = Rule(free, timedelta(seconds=longest), timedelta(days=1))
    assert timedelta() <= rule.pause(attempts) <= rule.pause(attempts + 1) <= timedelta(seconds=longest)


def test_whoever_mistypes_twice_waits_for_nothing(entrance: Entrance) -> None:
    """Five times, in fact."""
    for _ in range(5):
        entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW)
    attempt = entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW)
    entrance.attempts.succeeded(attempt, now=NOW)
    entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW)


def test_after_six_there_are_pauses_that_grow_and_end(entrance: Entrance) -> None:
    """What is tried during a pause is not counted: it ends when it was said to."""
    guess(entrance, 6)
    for _ in range(20):
        assert paused(entrance, ACCOUNT, OFFICE, NOW) == SECOND
    entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW + SECOND)
    assert paused(entrance, ACCOUNT, OFFICE, NOW + SECOND) == 2 * SECOND


def test_many_machines_get_24_guesses_a_day(entrance: Entrance) -> None:
    """After the first twenty, at one account, however many addresses there are."""
    at = guess(entrance, 20)
    assert paused(entrance, ACCOUNT, elsewhere(999), at) == timedelta(hours=1)


def test_nobody_keeps_a_caseworker_out_of_where_she_works(entrance: Entrance) -> None:
    """Her account is guessed at from everywhere; at the office she signs in at once, again and again."""
    entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW), now=NOW)
    at = guess(entrance, 30)
    assert paused(entrance, ACCOUNT, elsewhere(999), at) > timedelta()
    for _ in range(3):
        entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, OFFICE, now=at), now=at)
    assert paused(entrance, ACCOUNT, elsewhere(999), at) > timedelta(), "which helps whoever guesses with nothing"


def test_at_an_address_that_it_knows_guessing_is_slow_as_well(entrance: Entrance) -> None:
    """Somebody in the same office: never more than 42 seconds, and never free."""
    entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW), now=NOW)
    at = guess(entrance, 40, address=OFFICE)
    assert paused(entrance, ACCOUNT, OFFICE, at) == timedelta(seconds=42)


def test_an_address_is_known_for_30_days(entrance: Entrance) -> None:
    """Since the last time."""
    entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW), now=NOW)
    at = NOW + KNOWN_FOR - SECOND
    for number in range(6):
        entrance.attempts.begin(ACCOUNT, elsewhere(number), now=at)
    assert paused(entrance, ACCOUNT, elsewhere(99), at) == SECOND
    entrance.attempts.begin(ACCOUNT, OFFICE, now=at)
    at += SECOND
    entrance.attempts.begin(ACCOUNT, elsewhere(6), now=at)
    assert paused(entrance, ACCOUNT, OFFICE, at) == 2 * SECOND


def test_one_address_is_slowed_down_over_many_accounts(entrance: Entrance) -> None:
    """A list of names tried from one machine, known or not; what succeeded there is not held against it."""
    for number in range(20):
        entrance.attempts.succeeded(entrance.attempts.begin(f"colleague {number}", OFFICE, now=NOW), now=NOW)
    for number in range(10):
        entrance.attempts.begin(f"name {number}", OFFICE, now=NOW)
    assert paused(entrance, "one more", OFFICE, NOW) == SECOND
    entrance.attempts.begin("one more", elsewhere(1), now=NOW)


def test_success_forgets_what_was_mistyped_and_quiet_does_too(entrance: Entrance) -> None:
    """NIST SP 800-63B-4 §3.2.2: what went before does not count once somebody is in."""
    at = guess(entrance, 8, address=OFFICE)
    assert paused(entrance, ACCOUNT, OFFICE, at) > timedelta()
    at += timedelta(minutes=1)
    entrance.attempts.succeeded(entrance.attempts.begin(ACCOUNT, OFFICE, now=at), now=at)
    entrance.attempts.begin(ACCOUNT, OFFICE, now=at)
    for quiet in (ADDRESS.remembered, KNOWN_ADDRESS.remembered):
        at += quiet
        for _ in range(5):
            entrance.attempts.begin(ACCOUNT, OFFICE, now=at)


def test_all_processes_count_together(entrance: Entrance) -> None:
    """Twenty at once in four processes: no more get through than one after the other."""
    processes = [Attempts(entrance.dsn, entrance.keys, size=5) for _ in range(4)]

    def tries(number: int) -> bool:
        try:
            processes[number % 4].begin(ACCOUNT, elsewhere(number), now=NOW)
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(10) as threads:
        assert sum(threads.map(tries, range(20))) == 6
    for process in processes:
        process.close()


def test_one_name_and_one_subscriber_are_one() -> None:
    """However typed; of IPv6 the half that a subscriber has."""
    assert normal_account(" Mila@Example.ORG ") == normal_account("mila@example.org")
    assert normal_address("2001:db8:1:2::1") == normal_address("2001:db8:1:2:ffff::9")
    assert normal_address("2001:db8:1:2::1") != normal_address("2001:db8:1:3::1")
    assert normal_address("::ffff:203.0.113.7") == normal_address(OFFICE)
    for wrong in ("", "mila", "203.0.113", "\ud800"):
        with pytest.raises(ValueError, match="not an IPv4 or IPv6 address"):
            normal_address(wrong)


def test_the_table_names_nobody_and_forgets(entrance: Entrance) -> None:
    """HMACs only; a day after the last attempt they are gone, known addresses after 30 days."""
    guess(entrance, 3)
    known = entrance.attempts.begin(ACCOUNT, OFFICE, now=NOW)
    entrance.attempts.succeeded(known, now=NOW)
    with psycopg.connect(entrance.dsn) as connection:
        text = "".join(row[0] for row in connection.execute("SELECT a::text FROM vault.sign_in_attempts AS a"))
        assert ACCOUNT.encode().hex() not in text
        assert normal_address(OFFICE).hex() not in text
        assert known.pair.hex() in text
    assert known.pair.hex() not in repr(known)
    at = later(days=2)
    with closing(Attempts(entrance.dsn, entrance.keys)) as attempts:
        attempts.succeeded(attempts.begin("another", "192.0.2.1", now=at), now=at)
        with psycopg.connect(entrance.dsn) as connection:
            left = {bytes(row[0]) for row in connection.execute("SELECT bucket FROM vault.sign_in_attempts")}
        assert known.pair in left
        assert len(left) == 4
        at = NOW + KNOWN_FOR + timedelta(days=3)
        attempts.succeeded(attempts.begin("another", "192.0.2.1", now=at), now=at)
    with psycopg.connect(entrance.dsn) as connection:
        left = {bytes(row[0]) for row in connection.execute("SELECT bucket FROM vault.sign_in_attempts")}
    assert known.pair not in left
