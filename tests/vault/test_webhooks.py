"""Subscriptions of partner systems: everything about them is encrypted, and a secret may be changed without a gap."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from vault.errors import RecordBroken, WebhookKnown
from vault.kek import Kek
from vault.keys import Keys
from vault.webhooks import Webhooks

URL = "https://partner.example.org/hook"
DAY = timedelta(days=1)


@pytest.fixture
def webhooks(vault_database: str) -> Iterator[Webhooks]:
    """None yet."""
    with closing(Keys(vault_database, Kek(b"\x01" * 32))) as keys, closing(Webhooks(vault_database, keys)) as found:
        yield found


def test_a_subscription_is_found_again_and_shows_nothing(webhooks: Webhooks, vault_database: str) -> None:
    """Neither in the table nor in its representation."""
    made = webhooks.add("Partner", URL, ("case.closed",))
    found = webhooks.get(made.id)
    assert found is not None
    assert (found.name, found.url, found.words, found.naming_key) == ("Partner", URL, ("case.closed",), made.naming_key)
    (secret,) = found.secrets(datetime.now(UTC))
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret not in repr(found)
    assert URL not in repr(found)
    with psycopg.connect(vault_database) as connection:
        row = connection.execute("SELECT w::text FROM vault.webhooks AS w").fetchone()
    assert row is not None
    for hidden in (b"partner", b"case.closed", b"whsec_"):
        assert hidden.hex() not in row[0]
    assert [w.id for w in webhooks.all()] == [made.id]


def test_both_secrets_sign_until_the_old_one_ends(webhooks: Webhooks) -> None:
    """The newest first; without an overlap the old one ends at once."""
    made, now = webhooks.add("Partner", URL, ("case.closed",)), datetime.now(UTC)
    old = made.all_secrets[0].text
    rotated = webhooks.rotate(made.id, overlap=DAY, now=now)
    assert rotated is not None
    new = rotated.all_secrets[0].text
    assert rotated.secrets(now) == (new, old)
    assert rotated.secrets(now + DAY) == (new,)
    stolen = webhooks.rotate(made.id, overlap=timedelta(), now=now)
    assert stolen is not None
    assert len(stolen.secrets(now)) == 1
    assert not {new, old} & set(stolen.secrets(now))
    assert stolen.naming_key == made.naming_key


def test_an_id_is_added_once(webhooks: Webhooks) -> None:
    """Whoever sends the same again changes nothing: the secret that was shown goes on signing."""
    wanted = uuid4()
    made = webhooks.add("Partner", URL, ("case.closed",), webhook=wanted)
    assert made.id == wanted
    with pytest.raises(WebhookKnown):
        webhooks.add("Another", URL, (), webhook=wanted)
    kept = webhooks.get(wanted)
    assert kept is not None
    assert (kept.name, kept.words, kept.all_secrets) == ("Partner", ("case.closed",), made.all_secrets)


def test_what_is_removed_is_gone(webhooks: Webhooks) -> None:
    """Address and secrets with it."""
    made = webhooks.add("Partner", URL, ("case.closed",))
    assert webhooks.remove(made.id)
    assert not webhooks.remove(made.id)
    assert webhooks.get(made.id) is None
    assert webhooks.rotate(made.id, overlap=DAY, now=datetime.now(UTC)) is None


def test_a_record_that_was_moved_does_not_open(webhooks: Webhooks, vault_database: str) -> None:
    """Its id is part of what is authenticated."""
    one, other = webhooks.add("One", URL, ()), webhooks.add("Other", URL, ())
    with psycopg.connect(vault_database) as connection:
        connection.execute(
            "UPDATE vault.webhooks SET sealed = (SELECT sealed FROM vault.webhooks WHERE id = %s) WHERE id = %s",
            (one.id, other.id),
        )
    with pytest.raises(RecordBroken):
        webhooks.get(other.id)
    with pytest.raises(ValueError, match="between 1 and"):
        webhooks.add("", URL, ())
