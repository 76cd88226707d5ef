"""What a partner hears: everything it asked for, at least once, in order within a stream, through every outage."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from activities.webhooks.message import message_id
from domain.codes import ClosingReason, ReopeningReason
from domain.journey.approval.events import ApprovalWithdrawn
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.opening import JourneyOpened
from domain.journey.stages import StageEntered
from domain.pathway.approvals import ApprovalMatter
from tests.pathway_examples import small_pin
from tests.webhooks.conftest import Outbox
from tests.webhooks.partner import Mood, until
from worker.webhooks.book import HaltCause
from worker.webhooks.pace import LONGEST, pause

ONE, TWO = UUID(int=0x7F3E0001), UUID(int=0x7F3E0002)
OPENED, CLOSED = JourneyOpened(pin=small_pin()), JourneyClosed(reason=ClosingReason.DEATH)
REOPENED, ENTERED = JourneyReopened(reason=ReopeningReason.FOUND), StageEntered(stage="recovery")
LATER = timedelta(hours=7)
"""Longer than any pause between two tries."""


def _types(outbox: Outbox) -> list[str]:
    return [heard.said["type"] for heard in outbox.partner.taken]


def test_a_partner_hears_what_it_asked_for_and_nothing_more(outbox: Outbox) -> None:
    """Three facts, signed; the stream under a name that is this partner's own. Nothing from before it subscribed."""
    outbox.record(OPENED, ONE)
    webhook = outbox.subscribe("case.closed", "case.changed")
    other = outbox.subscribe("case.closed")
    outbox.record(ENTERED, ONE)
    outbox.record(ApprovalWithdrawn(number=1, matter=ApprovalMatter.CLOSURE), ONE)
    outbox.record(CLOSED, ONE)
    outbox.empty()
    mine = [h for h in outbox.partner.taken if h.id in {f"msg_{message_id(webhook.id, n).hex}" for n in range(9)}]
    assert [h.said["type"] for h in mine] == ["case.changed", "case.closed"]
    assert all(h.verified(webhook.all_secrets[0].text) for h in mine)
    assert {frozenset(h.said) for h in mine} == {frozenset({"type", "timestamp", "data"})}
    assert {frozenset(h.said["data"]) for h in mine} == {frozenset({"id"})}
    (name,) = {h.said["data"]["id"] for h in mine}
    (theirs,) = {h.said["data"]["id"] for h in outbox.partner.taken if h not in mine}
    assert name != theirs
    sent = " ".join(h.body + str(h.headers) for h in outbox.partner.heard)
    for secret in (str(ONE), str(ONE)[:8], "recovery", "death", "small", other.name):
        assert secret not in sent
    assert outbox.endpoint(webhook).last_success_at is not None
    assert [r.outcome for r in outbox.book.receipts(webhook.id)] == ["delivered", "delivered"]


def test_a_partner_that_was_down_hears_everything_in_order_and_once_recognisably(outbox: Outbox) -> None:
    """Each stream waits for its first message; a new try has the same id and a fresh timestamp."""
    webhook = outbox.subscribe()
    outbox.partner.mood = Mood.FAILS
    for event in (OPENED, CLOSED, REOPENED):
        outbox.record(event, ONE)
    outbox.record(OPENED, TWO)
    outbox.empty()
    assert len(outbox.partner.heard) == 2, "the first of each stream"
    assert outbox.endpoint(webhook).failures == 1, "what fails together fails once"
    outbox.record(CLOSED, TWO)
    outbox.empty()
    assert len(outbox.partner.heard) == 2, "while it rests nobody calls"
    outbox.partner.mood = Mood.TAKES
    outbox.time_passes(LATER)
    outbox.empty()
    assert len(outbox.partner.taken) == 5
    by_stream: dict[str, list[str]] = {}
    for heard in outbox.partner.taken:
        by_stream.setdefault(heard.said["data"]["id"], []).append(heard.said["type"])
    assert sorted(by_stream.values()) == [
        ["case.opened", "case.closed"],
        ["case.opened", "case.closed", "case.reopened"],
    ]
    assert {h.id for h in outbox.partner.heard} == {h.id for h in outbox.partner.taken}
    assert outbox.endpoint(webhook).failing_since is None
    assert outbox.endpoint(webhook).waiting == 0


@pytest.mark.parametrize("mood", [Mood.REDIRECTS, Mood.DROPS, Mood.BUSY, Mood.REFUSES])
def test_no_other_answer_is_a_success(outbox: Outbox, mood: Mood) -> None:
    """Redirects are not followed; 429 is left alone for as long as it says."""
    webhook = outbox.subscribe()
    outbox.partner.mood = mood
    outbox.record(OPENED, ONE)
    outbox.empty()
    assert [h.path for h in outbox.partner.heard] == ["/hook"]
    (receipt,) = outbox.book.receipts(webhook.id)
    assert receipt.outcome is None
    assert (
        receipt.failure
        == {
            Mood.REDIRECTS: "redirect",
            Mood.DROPS: "unreachable",
            Mood.BUSY: "status",
            Mood.REFUSES: "status",
        }[mood]
    )
    if mood is Mood.BUSY:
        assert receipt.next_at - datetime.now(UTC) > timedelta(minutes=50)
    outbox.partner.mood = Mood.TAKES
    outbox.time_passes(LATER)
    outbox.empty()
    assert [h.id for h in outbox.partner.taken] == [h.id for h in outbox.partner.heard[:1]]


def test_a_partner_that_hangs_holds_nobody_up_for_long(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The try ends; another partner is told meanwhile."""
    monkeypatch.setattr("activities.webhooks.posting.LONGEST", 0.5)
    hanging = outbox.subscribe()
    outbox.partner.mood = Mood.HANGS
    outbox.record(OPENED, ONE)
    assert outbox.step()
    (receipt,) = outbox.book.receipts(hanging.id)
    assert receipt.failure == "timeout"
    outbox.partner.release.set()
    outbox.partner.mood = Mood.TAKES
    outbox.time_passes(LATER)
    outbox.empty()
    assert {h.id for h in outbox.partner.heard} == {outbox.partner.taken[0].id}


def test_killed_in_the_middle_it_is_sent_again_under_the_same_id(outbox: Outbox) -> None:
    """A process of its own, killed while the partner has the message and before our receipt."""
    webhook = outbox.subscribe()
    outbox.partner.mood = Mood.HANGS
    outbox.record(OPENED, ONE)
    outbox.record(CLOSED, ONE)
    command = [sys.executable, "-m", "tests.webhooks.killed", outbox.admin, outbox.vault]
    process = subprocess.Popen(command)
    try:
        until(outbox.partner.hung.is_set, 30)
    finally:
        process.kill()
        process.wait()
    outbox.partner.release.set()
    outbox.partner.mood = Mood.TAKES
    outbox.empty()
    assert not outbox.partner.taken, "it belongs to whoever took it, for a minute"
    outbox.time_passes(timedelta(seconds=61))
    outbox.empty()
    assert _types(outbox) == ["case.opened", "case.closed"]
    first, again, _ = outbox.partner.heard
    assert first.id == again.id
    assert first.body == again.body
    assert outbox.book.receipts(webhook.id)[1].attempts == 2


def test_after_days_of_failures_it_stops_and_says_so(outbox: Outbox) -> None:
    """Nothing is lost: put to work again, what waited goes out first; the gap is sent where somebody asks for it."""
    webhook = outbox.subscribe()
    outbox.partner.mood = Mood.FAILS
    outbox.record(OPENED, ONE)
    outbox.empty()
    outbox.time_passes(timedelta(days=6))
    outbox.empty()
    assert outbox.endpoint(webhook).halted_for is HaltCause.FAILING
    heard = len(outbox.partner.heard)
    outbox.record(CLOSED, ONE)
    outbox.partner.mood = Mood.TAKES
    outbox.time_passes(LATER)
    outbox.empty()
    assert len(outbox.partner.heard) == heard
    outbox.book.enable(webhook.id)
    outbox.record(REOPENED, ONE)
    outbox.empty()
    assert _types(outbox) == ["case.opened", "case.reopened"]
    outbox.follower.send_again(webhook, after=0, until=outbox.log.head())
    outbox.empty()
    assert _types(outbox)[2:] == ["case.opened", "case.closed", "case.reopened"]
    assert len({h.id for h in outbox.partner.taken}) == 3, "a message sent again is the same message"


def test_410_stops_at_once(outbox: Outbox) -> None:
    """Standard Webhooks: the partner asks for it."""
    webhook = outbox.subscribe()
    outbox.partner.mood = Mood.GONE
    outbox.record(OPENED, ONE)
    outbox.empty()
    assert outbox.endpoint(webhook).halted_for is HaltCause.GONE


def test_one_message_that_is_never_taken_is_given_up_and_the_stream_goes_on(outbox: Outbox) -> None:
    """While others are taken; until then only its own stream waits."""
    webhook = outbox.subscribe()
    outbox.record(OPENED, ONE)
    outbox.empty()
    outbox.partner.refused = {outbox.partner.taken[0].said["data"]["id"]}
    outbox.record(CLOSED, ONE)
    outbox.record(REOPENED, ONE)
    outbox.record(OPENED, TWO)
    outbox.empty()
    assert _types(outbox) == ["case.opened", "case.opened"], "the other stream goes on"
    outbox.time_passes(timedelta(days=6))
    outbox.record(CLOSED, TWO)
    outbox.empty()
    outbox.time_passes(LATER)
    outbox.empty()
    outcomes = [r.outcome for r in reversed(outbox.book.receipts(webhook.id))]
    assert outcomes[1] == "given-up"
    assert outbox.endpoint(webhook).halted_at is None
    outbox.partner.refused = set()
    outbox.time_passes(LATER)
    outbox.empty()
    assert _types(outbox)[-1] == "case.reopened"
    assert outbox.endpoint(webhook).given_up == 1


def test_without_a_row_in_the_book_nothing_is_sent(outbox: Outbox) -> None:
    """As after a restore: the vault knows the partner, and nobody is told anything until somebody says so."""
    webhook = outbox.webhooks.add("Partner", f"{outbox.partner.url}/hook", ("case.opened",))
    outbox.record(OPENED, ONE)
    outbox.empty()
    assert not outbox.partner.heard
    outbox.book.enable(webhook.id)
    outbox.empty()
    assert not outbox.partner.heard, "at work from then on"
    outbox.book.halt(webhook.id, HaltCause.ASKED)
    outbox.record(OPENED, TWO)
    outbox.empty()
    assert not outbox.partner.heard


def test_two_followers_at_once_send_each_message_once(outbox: Outbox) -> None:
    """Each message belongs to whoever takes it."""
    outbox.subscribe()
    for n in range(30):
        outbox.record(OPENED, UUID(int=n + 1))

    async def both() -> None:
        for _ in range(12):
            await asyncio.gather(outbox.follower.step(), outbox.follower.step())

    asyncio.run(both())
    assert len(outbox.partner.taken) == 30
    assert len({h.id for h in outbox.partner.taken}) == 30


def test_the_follower_runs_by_itself_and_through_a_vault_that_is_away(outbox: Outbox) -> None:
    """It waits for the log; what is recorded is there in a moment; it ends when asked."""
    outbox.subscribe()
    stop = False

    async def run() -> None:
        nonlocal stop
        task = asyncio.create_task(outbox.follower.run(lambda: stop))
        await asyncio.to_thread(outbox.record, OPENED, ONE)
        await asyncio.to_thread(until, lambda: outbox.partner.taken)
        stop = True
        await task

    asyncio.run(run())
    assert _types(outbox) == ["case.opened"]


def test_the_pauses_grow_to_six_hours() -> None:
    """And a partner that asks for more is not left alone for a month."""
    pauses = [pause(n) for n in range(1, 20)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=5)
    assert pauses[-1] == LONGEST == pause(1, 10_000_000)
    assert pause(1, 60) == timedelta(seconds=60)
