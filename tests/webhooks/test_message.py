"""What leaves the house, sign by sign."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from activities.webhooks.message import WebhookMessage, message_id, signed_headers, subject_of
from activities.webhooks.vocabulary import SUBSCRIBABLE, PublicWord
from activities.webhooks.words import WORD_OF, word_of
from domain.event import EVENT_TYPES

OLD = "whsec_" + "T2xkIHNlY3JldCBvZiB0aGlydHktdHdvIGJ5dGVzISE="
NEW = "whsec_" + "TmV3IHNlY3JldCBvZiB0aGlydHktdHdvIGJ5dGVzISE="
AT = datetime(2026, 11, 23, 9, 30, 12, 345678, tzinfo=UTC)
MESSAGE = WebhookMessage(UUID(int=1), PublicWord.CASE_CLOSED, "aaaabbbbccccddddeeeeffff", AT)


def test_the_body_has_three_facts() -> None:
    """Word, time to the second, the partner's own name for the stream."""
    assert MESSAGE.body == (
        '{"type":"case.closed","timestamp":"2026-11-23T09:30:12Z","data":{"id":"aaaabbbbccccddddeeeeffff"}}'
    )
    assert MESSAGE.webhook_id == "msg_00000000000000000000000000000001"


def test_during_a_rotation_either_secret_verifies_and_no_other() -> None:
    """Two signatures in one header; a changed body has none."""
    now = datetime.now(UTC)
    headers = signed_headers(MESSAGE, (NEW, OLD), now)
    assert headers["webhook-timestamp"] == str(int(now.timestamp()))
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (OLD, NEW):
        assert Webhook(secret).verify(MESSAGE.body, headers) == json.loads(MESSAGE.body)
    for secret, body in (("whsec_" + "A" * 43 + "=", MESSAGE.body), (NEW, MESSAGE.body.replace("closed", "opened"))):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, headers)
    late = signed_headers(MESSAGE, (NEW,), now - timedelta(minutes=6))
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(MESSAGE.body, late)


def test_names_of_streams_are_of_one_partner_and_tell_nothing() -> None:
    """The same stream is always the same to a partner, and something else to another one."""
    stream = "journey-7f3e0000-0000-4000-8000-000000000001"
    mine = subject_of(stream, b"a" * 32)
    assert mine == subject_of(stream, b"a" * 32)
    assert mine != subject_of(stream, b"b" * 32)
    assert mine != subject_of(stream.replace("1", "2"), b"a" * 32)
    assert len(mine) == 24
    assert mine.isalnum()


def test_the_id_of_a_message_is_of_its_event_and_partner() -> None:
    """Whatever is sent again is the same message."""
    assert message_id(UUID(int=1), 7) == message_id(UUID(int=1), 7)
    assert len({message_id(UUID(int=p), n) for p in (1, 2) for n in (7, 8)}) == 4


def test_only_listed_events_have_a_word() -> None:
    """No word says what kind of case it is, and an event that is not listed stays in the house."""
    assert set(WORD_OF) <= set(EVENT_TYPES)
    assert set(WORD_OF.values()) == set(SUBSCRIBABLE) == set(PublicWord) - {PublicWord.TEST}
    assert word_of("journey.closed@1") is PublicWord.CASE_CLOSED
    assert word_of("journey.hearing-moved@1") is PublicWord.APPOINTMENT_CHANGED
    for telling in ("screening-saved", "formal-status-decided", "residence-granted", "property-claim-recorded"):
        assert f"journey.{telling}" in EVENT_TYPES
        assert word_of(f"journey.{telling}@1") is None
    words = " ".join(PublicWord)
    for telling in ("court", "hearing", "trafficking", "victim", "residence", "shelter", "return", "risk", "child"):
        assert telling not in words
