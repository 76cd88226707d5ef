"""The moment between the mail server's 250 and our receipt: what may go out twice goes under one Message-ID, counted.

A worker that dies is one whose attempt is cut off without a word. `tests/worker/test_parts_die.py` kills real ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from activities.postbox import NotHanded, Postbox
from domain.errors import Unavailable
from domain.message import Doubt, MessageSent
from eventlog.log import EventLog
from tests.activities.letters import deliverer, fire_next, receipt
from tests.fix_engine import Bench
from tests.fix_eventlog import administrator
from tests.fix_mail import MailSink
from tests.fix_proxy import CuttableProxy, Line
from workflows.messages import Delivery


def doubles(bench: Bench) -> dict[str, int]:
    """Hand-overs that may have made a double, by cause."""
    with psycopg.connect(bench.dsn) as connection:
        return dict(connection.execute("SELECT cause, letters FROM eventlog.doubles").fetchall())


def let_it_rest(bench: Bench, delivery: Delivery) -> None:
    """An hour passes for a letter whose reply never came."""
    with administrator(bench.dsn) as connection:
        connection.execute(
            "UPDATE eventlog.handovers SET began_at = began_at - interval '1 hour' WHERE message = %s",
            (delivery.letter.message,),
        )


def sent(bench: Bench, delivery: Delivery) -> MessageSent:
    event = receipt(bench, delivery)
    assert isinstance(event, MessageSent)
    return event


def same_letter(sink: MailSink, times: int) -> None:
    """It arrived so often, always as the same one."""
    assert len(sink.mails) == times
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1


async def test_nothing_is_counted_where_nothing_went_wrong(bench: Bench, mail_sink: MailSink) -> None:
    """The control: no doubt, no row left."""
    (delivery,) = fire_next(bench, bench.opened())
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    assert sent(bench, delivery).doubt is None
    assert doubles(bench) == {}
    with psycopg.connect(bench.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM eventlog.handovers").fetchone() == (0,)


async def test_a_worker_that_dies_between_data_and_receipt(bench: Bench, mail_sink: MailSink) -> None:
    """The next one cannot know; it sends the letter again and says so."""
    (delivery,) = fire_next(bench, bench.opened())
    mail_sink.delay = 30.0
    with EventLog(bench.dsn) as dying:
        attempt = asyncio.create_task(deliverer(bench, mail_sink.postbox, log=dying).deliver(delivery))
        while not mail_sink.mails:
            await asyncio.sleep(0.02)
        attempt.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await attempt
    mail_sink.delay = 0.0
    await deliverer(bench, mail_sink.postbox).deliver(delivery)
    same_letter(mail_sink, 2)
    assert sent(bench, delivery).doubt is Doubt.WORKER_DIED
    assert doubles(bench) == {Doubt.WORKER_DIED: 1}


@pytest.fixture
def mail_proxy(mail_sink: MailSink) -> Iterator[CuttableProxy]:
    """A line to the mail server that can be cut."""
    proxy = CuttableProxy("127.0.0.1", mail_sink.port)
    yield proxy
    proxy.close()


async def test_a_reply_that_is_lost(bench: Bench, mail_sink: MailSink, mail_proxy: CuttableProxy) -> None:
    """The connection breaks after DATA; the letter rests, then goes again."""
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, Postbox(host="127.0.0.1", port=mail_proxy.port, sender="putokaz@example.org", timeout=3.0))

    def lose() -> None:
        mail_proxy.line = Line.LOSE_NEXT_REPLY

    mail_sink.at_data = lose
    with pytest.raises(NotHanded):
        await post.deliver(delivery)
    mail_sink.at_data = lambda: None
    let_it_rest(bench, delivery)
    await post.deliver(delivery)
    same_letter(mail_sink, 2)
    assert sent(bench, delivery).doubt is Doubt.REPLY_LOST
    assert doubles(bench) == {Doubt.REPLY_LOST: 1}


async def test_a_reply_that_never_comes(bench: Bench, mail_sink: MailSink) -> None:
    """The server took DATA and hangs."""
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, Postbox(host="127.0.0.1", port=mail_sink.port, sender="p@example.org", timeout=0.5))
    mail_sink.delay = 3.0
    with pytest.raises(NotHanded):
        await post.deliver(delivery)
    mail_sink.delay = 0.0
    let_it_rest(bench, delivery)
    await post.deliver(delivery)
    same_letter(mail_sink, 2)
    assert sent(bench, delivery).doubt is Doubt.REPLY_LATE
    assert doubles(bench) == {Doubt.REPLY_LATE: 1}


async def test_a_database_that_is_away_for_the_receipt_makes_no_double(
    bench: Bench, mail_sink: MailSink, cuttable_proxy: CuttableProxy
) -> None:
    """The worker waits for it with the receipt in hand."""
    (delivery,) = fire_next(bench, bench.opened())

    def cut() -> None:
        cuttable_proxy.line = Line.FROZEN
        threading.Timer(6.0, mend).start()

    def mend() -> None:
        cuttable_proxy.line = Line.OPEN
        cuttable_proxy.cut()

    mail_sink.at_data = cut
    with EventLog(cuttable_proxy.dsn(bench.dsn)) as log:
        await deliverer(bench, mail_sink.postbox, log=log).deliver(delivery)
    same_letter(mail_sink, 1)
    assert sent(bench, delivery).doubt is None


async def test_a_receipt_that_could_not_be_written_is_written_before_anything_is_sent_again(
    bench: Bench, mail_sink: MailSink, cuttable_proxy: CuttableProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database stays away for longer than an attempt; the worker lives and remembers."""
    monkeypatch.setattr("activities.receipts.RECEIPT_PATIENCE", 1.0)
    (delivery,) = fire_next(bench, bench.opened())

    def freeze() -> None:
        cuttable_proxy.line = Line.FROZEN

    mail_sink.at_data = freeze
    with EventLog(cuttable_proxy.dsn(bench.dsn)) as log:
        post = deliverer(bench, mail_sink.postbox, log=log)
        with pytest.raises(Unavailable):
            await post.deliver(delivery)
        cuttable_proxy.line = Line.OPEN
        cuttable_proxy.cut()
        await post.deliver(delivery)
    same_letter(mail_sink, 1)
    assert sent(bench, delivery).doubt is None


async def test_a_server_that_hangs_after_its_word_does_not_hold_back_the_receipt(
    bench: Bench, mail_sink: MailSink, mail_proxy: CuttableProxy
) -> None:
    """It said 250 and then nothing more, not even to QUIT: the letter is sent, and once."""
    (delivery,) = fire_next(bench, bench.opened())
    post = deliverer(bench, Postbox(host="127.0.0.1", port=mail_proxy.port, sender="putokaz@example.org", timeout=10.0))

    def freeze_soon() -> None:
        threading.Timer(0.3, lambda: setattr(mail_proxy, "line", Line.FROZEN)).start()

    mail_sink.at_data = freeze_soon
    began = time.monotonic()
    await post.deliver(delivery)
    assert time.monotonic() - began < 5
    same_letter(mail_sink, 1)
    assert sent(bench, delivery).doubt is None
