"""Private calendar feeds: what opens, what does not, and that the database holds no token."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from vault.errors import UnknownStaff
from vault.feeds import DEFAULT_LIFE, LONGEST_LIFE, CalendarFeeds
from vault.kek import Kek
from vault.keys import Keys
from vault.staff import StaffDirectory, StaffMember

OGNJEN = UUID("00000000-0000-4000-8000-000000000006")
MILA = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def feeds(vault_database: str) -> Iterator[CalendarFeeds]:
    """No feeds yet, and two people."""
    keys = Keys(vault_database, Kek(b"\x01" * 32))
    directory = StaffDirectory(vault_database, keys)
    for who in (OGNJEN, MILA):
        directory.put(StaffMember(who, "x", "x@example.org", frozenset(), "en"))
    directory.close()
    keys.close()
    feeds = CalendarFeeds(vault_database)
    yield feeds
    feeds.close()


def test_a_token_opens_the_feed_of_its_person(feeds: CalendarFeeds) -> None:
    """32 random bytes, another each time."""
    made, other = feeds.create(OGNJEN), feeds.create(MILA)
    assert len(base64.urlsafe_b64decode(made.token + "=")) == 32
    assert made.token != other.token
    assert (feeds.holder(made.token), feeds.holder(other.token)) == (OGNJEN, MILA)
    assert made.feed.expires_at - made.feed.created_at == pytest.approx(DEFAULT_LIFE, abs=timedelta(seconds=5))
    assert made.token not in repr(made)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "../../x", "š" * 43, "\ud800", "x" * 10_000, "' OR true --"])
def test_what_is_no_token_opens_nothing(feeds: CalendarFeeds, token: str) -> None:
    """Whatever is asked with."""
    feeds.create(OGNJEN)
    assert feeds.holder(token) is None


def test_the_database_holds_no_token(feeds: CalendarFeeds, vault_database: str) -> None:
    """Its hash only; the hash itself opens nothing."""
    made = feeds.create(OGNJEN)
    with psycopg.connect(vault_database) as connection:
        row = connection.execute("SELECT f::text, token_sha256 FROM vault.calendar_feeds AS f").fetchone()
    assert row is not None
    text, stored = row
    assert stored == hashlib.sha256(made.token.encode()).digest()
    assert made.token not in text
    assert feeds.holder(stored.hex()) is None
    assert feeds.holder(base64.urlsafe_b64encode(stored).decode().rstrip("=")) is None


def test_a_revoked_feed_opens_nothing_and_the_others_go_on(feeds: CalendarFeeds) -> None:
    """One of them, then all of a person."""
    first, second, other = feeds.create(OGNJEN), feeds.create(OGNJEN), feeds.create(MILA)
    assert feeds.revoke(first.feed.id)
    assert not feeds.revoke(first.feed.id)
    assert not feeds.revoke(uuid4())
    assert (feeds.holder(first.token), feeds.holder(second.token)) == (None, OGNJEN)
    assert feeds.revoke_all(OGNJEN) == 1
    assert (feeds.holder(second.token), feeds.holder(other.token)) == (None, MILA)
    assert [feed.is_living for feed in feeds.of(OGNJEN)] == [False, False]
    assert [feed.is_living for feed in feeds.of()] == [False, False, True]


def test_a_feed_expires(feeds: CalendarFeeds) -> None:
    """By the database's own clock."""
    made = feeds.create(OGNJEN, timedelta(microseconds=1))
    assert feeds.holder(made.token) is None
    (feed,) = feeds.of(OGNJEN)
    assert (feed.is_living, feed.revoked_at, feed.last_used_at) == (False, None, None)


@pytest.mark.parametrize("lasts", [timedelta(), timedelta(days=-1), LONGEST_LIFE + timedelta(seconds=1)])
def test_no_feed_is_for_ever(feeds: CalendarFeeds, lasts: timedelta) -> None:
    """At most a year."""
    with pytest.raises(ValueError, match="feed"):
        feeds.create(OGNJEN, lasts)


def test_nobody_but_staff_has_a_feed(feeds: CalendarFeeds) -> None:
    """An id that nobody has."""
    with pytest.raises(UnknownStaff):
        feeds.create(uuid4())


def test_the_last_use_is_noted_and_not_for_every_call(feeds: CalendarFeeds) -> None:
    """A telephone that asks every second writes once a minute."""
    made = feeds.create(OGNJEN)
    assert feeds.of(OGNJEN)[0].last_used_at is None
    feeds.holder(made.token)
    used = feeds.of(OGNJEN)[0].last_used_at
    assert used is not None
    feeds.holder(made.token)
    assert feeds.of(OGNJEN)[0].last_used_at == used


def test_the_role_can_neither_change_nor_delete_a_token(vault_database: str, feeds: CalendarFeeds) -> None:
    """Whoever breaks in as the vault's role turns no feed of theirs into another's."""
    feeds.create(OGNJEN)
    with psycopg.connect(vault_database, autocommit=True) as connection:
        for statement in (
            "DELETE FROM vault.calendar_feeds",
            "UPDATE vault.calendar_feeds SET staff = staff",
            "UPDATE vault.calendar_feeds SET expires_at = expires_at",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
