"""Short messages: what they say, that one is enough, and what became of each at a real HTTP server."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.postbox import Handed, InDoubt, NotHanded
from activities.sms import Fields, HttpGateway, Texted
from activities.texting import SEGMENT, fits, septets, text_message
from domain.message import Doubt
from tests.activities.test_letters import NOTICE
from tests.fix_sms import TextSink
from worker.development.ports import any_free

TO = "+381600000001"
ONCE = UUID("c2a4a2cc-6a6a-4f0e-9a0e-000000000002")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("sr-Latn", "PK-7QW2M0X: termin 1.12.2026. 09:00 (Europe/Belgrade) https://putokaz.example.org/j/PK-7QW2M0X"),
        ("sr-Cyrl", "PK-7QW2M0X: termin 1.12.2026. 09:00 (Europe/Belgrade) https://putokaz.example.org/j/PK-7QW2M0X"),
        (
            "en",
            "PK-7QW2M0X: appointment 1 Dec 2026 09:00 (Europe/Belgrade) https://putokaz.example.org/j/PK-7QW2M0X",
        ),
    ],
)
def test_a_message_says_what_a_letter_says(locale: str, text: str) -> None:
    """In one line, in Latin letters whatever the reader prefers."""
    assert text_message(NOTICE, locale) == text


@pytest.mark.parametrize(
    ("locale", "late", "moved"), [("sr-Latn", "Kasni. ", "Pomereno. "), ("en", "Late. ", "Moved. ")]
)
def test_late_and_moved_are_said_first(locale: str, late: str, moved: str) -> None:
    """By one word."""
    plain = text_message(NOTICE, locale)
    assert text_message(replace(NOTICE, late=True), locale) == late + plain
    assert text_message(replace(NOTICE, moved=True), locale) == moved + plain


@given(
    locale=st.sampled_from(["sr-Latn", "sr-Cyrl", "en"]),
    late=st.booleans(),
    moved=st.booleans(),
    path=st.text(max_size=200),
    zone=st.sampled_from(["Europe/Belgrade", "America/Argentina/Buenos_Aires", "UTC"]),
)
def test_one_message_is_enough(locale: str, late: bool, moved: bool, path: str, zone: str) -> None:
    """Whatever the address: where a link does not fit, or cannot be written, it is left out whole and never cut."""
    notice = replace(NOTICE, late=late, moved=moved, link=f"https://x.example.org/{path}", zone=zone)
    text = text_message(notice, locale)
    assert fits(text)
    assert notice.code in text
    assert zone in text
    assert ("https" in text) == text.endswith(notice.link)


@pytest.mark.parametrize(
    ("text", "taken"), [("Termin 09:00", 12), ("a_b@c", 5), ("[~]", 6), ("€", 2), ("č", None), ("т", None), ("`", None)]
)
def test_septets_are_counted_as_a_telephone_does(text: str, taken: int | None) -> None:
    """Signs of the extension take two; what is in neither table would change the whole message to UCS-2."""
    assert septets(text) == taken


def test_a_message_is_full_at_160() -> None:
    """Not one more."""
    assert fits("a" * SEGMENT)
    assert not fits("a" * (SEGMENT + 1))
    assert not fits("a" * (SEGMENT - 1) + "€")


async def test_the_gateway_gets_number_text_and_reference(text_sink: TextSink) -> None:
    """As JSON, with the token; its own name for the message is the receipt."""
    texted = await text_sink.gateway.send(TO, "termin", reference=ONCE)
    assert texted == Texted(Handed.ACCEPTED, "m-1")
    assert text_sink.arrived == [{"to": TO, "text": "termin", "reference": str(ONCE)}]
    (headers,) = text_sink.headers
    assert headers["authorization"] == "Bearer a token of the tests"
    assert headers["idempotency-key"] == str(ONCE)
    assert headers["content-type"] == "application/json"


async def test_a_gateway_may_call_things_otherwise(text_sink: TextSink) -> None:
    """Names of the fields are settings."""
    text_sink.body = b'{"messageId": 4711}'
    gateway = replace(text_sink.gateway, fields=Fields("recipient", "body", "clientRef", "messageId"))
    assert (await gateway.send(TO, "termin", reference=ONCE)).receipt == "4711"
    assert text_sink.arrived == [{"recipient": TO, "body": "termin", "clientRef": str(ONCE)}]


@pytest.mark.parametrize("body", [b"", b"OK", b"[]", b"{}", b'{"id": null}', b'{"id": {"a": 1}}', b"\xff\xfe"])
async def test_taken_is_taken_whatever_the_answer_says(text_sink: TextSink, body: bytes) -> None:
    """A receipt that cannot be read makes nobody send the message twice."""
    text_sink.body = body
    assert await text_sink.gateway.send(TO, "termin", reference=ONCE) == Texted(Handed.ACCEPTED, None)


@pytest.mark.parametrize(
    ("status", "handed"),
    [
        (200, Handed.ACCEPTED),
        (201, Handed.ACCEPTED),
        (400, Handed.ADDRESS_REFUSED),
        (404, Handed.ADDRESS_REFUSED),
        (422, Handed.ADDRESS_REFUSED),
        (408, Handed.MAILBOX_BUSY),
        (429, Handed.MAILBOX_BUSY),
    ],
)
async def test_what_the_gateway_answers_about_one_number(text_sink: TextSink, status: int, handed: Handed) -> None:
    """Taken, refused, or not now: as with letters."""
    text_sink.status = status
    assert (await text_sink.gateway.send(TO, "termin", reference=ONCE)).handed is handed


@pytest.mark.parametrize("status", [301, 401, 402, 403, 500, 501, 503])
async def test_what_is_no_fault_of_the_number_is_tried_again(text_sink: TextSink, status: int) -> None:
    """A wrong token must never make numbers look wrong."""
    text_sink.status = status
    with pytest.raises(NotHanded) as waits:
        await text_sink.gateway.send(TO, "termin", reference=ONCE)
    assert not isinstance(waits.value, InDoubt)
    assert TO not in str(waits.value)


@pytest.mark.parametrize("status", [502, 504])
async def test_a_proxy_that_lost_the_gateway_leaves_doubt(text_sink: TextSink, status: int) -> None:
    """The message may be under way."""
    text_sink.status = status
    with pytest.raises(InDoubt) as unknown:
        await text_sink.gateway.send(TO, "termin", reference=ONCE)
    assert unknown.value.doubt is Doubt.REPLY_LOST


async def test_a_gateway_that_hangs_up_or_is_silent_leaves_doubt(text_sink: TextSink) -> None:
    """It had the whole message; by the step's patience and by that for all of it."""
    text_sink.hang_up = True
    with pytest.raises(InDoubt) as lost:
        await text_sink.gateway.send(TO, "termin", reference=ONCE)
    assert lost.value.doubt is Doubt.REPLY_LOST
    text_sink.hang_up, text_sink.delay = False, 4.0
    for impatient in (replace(text_sink.gateway, timeout=1.0), replace(text_sink.gateway, longest=1.0)):
        with pytest.raises(InDoubt) as late:
            await impatient.send(TO, "termin", reference=ONCE)
        assert late.value.doubt is Doubt.REPLY_LATE
    assert len(text_sink.arrived) == 3


async def test_without_a_gateway_nothing_went(text_sink: TextSink) -> None:
    """Nobody listens, or nobody takes the connection: certain, and no doubt."""
    nobody = HttpGateway(url=f"http://127.0.0.1:{any_free()}/", token="t", timeout=1.0)
    with pytest.raises(NotHanded) as away:
        await nobody.send(TO, "termin", reference=uuid4())
    assert not isinstance(away.value, InDoubt)

    hung_up = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    async with await asyncio.start_server(deaf, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        gateway = HttpGateway(url=f"https://127.0.0.1:{port}/", token="t", timeout=0.3)
        with pytest.raises(NotHanded) as no_tls:
            await gateway.send(TO, "termin", reference=uuid4())
        assert not isinstance(no_tls.value, InDoubt)
        await hung_up.wait()


@pytest.mark.parametrize(
    "url", ["http://sms.example.org/", "http://10.0.0.1/", "ftp://127.0.0.1/", "sms.example.org", "http://[::2]/"]
)
def test_a_token_never_travels_in_the_clear(url: str) -> None:
    """Only on this machine is http enough."""
    with pytest.raises(ValueError, match="https"):
        HttpGateway(url=url, token="t")
    for here in ("http://127.0.0.1:1/", "http://localhost/", "http://[::1]:1/", "https://sms.example.org/"):
        assert "secret" not in repr(HttpGateway(url=here, token="secret"))
