"""What Temporal stores is encrypted, and what is not ours is refused."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter, DefaultPayloadConverter
from temporalio.exceptions import ApplicationError

from domain.errors import KeyRingFault, PayloadRefused
from worker.codec import SealingCodec, data_converter
from worker.keyring import KeyRing, create_keyring, load_keyring, rotate

CANARY = "Milica-Canary"


class Message(BaseModel):
    """As our messages are: a pydantic model."""

    command_id: UUID
    note: str
    at: datetime | None = None


@dataclass
class Rings:
    """A ring before and after a rotation."""

    old: KeyRing
    new: KeyRing


@pytest.fixture
def rings(tmp_path: Path) -> Rings:
    """Made and rotated as an administrator does."""
    return Rings(create_keyring(tmp_path / "ring"), rotate(tmp_path / "ring"))


@pytest.fixture
def converter(rings: Rings) -> DataConverter:
    """The converter of clients and workers."""
    return data_converter(rings.new)


async def test_messages_travel_encrypted_and_come_back(converter: DataConverter) -> None:
    """Pydantic types included; neither data nor metadata shows them."""
    message = Message(command_id=uuid4(), note=CANARY)
    payloads = await converter.encode([message, None])
    stored = b"".join(p.SerializeToString() for p in payloads)
    assert CANARY.encode() not in stored
    assert b"json/plain" not in stored
    assert b"binary/null" not in stored
    assert await converter.decode(payloads, [Message, type(None)]) == [message, None]


async def test_failures_travel_encrypted(converter: DataConverter) -> None:
    """Message and stack; the type name stays readable, so it is one of ours."""
    failure = Failure()
    try:
        raise ApplicationError(CANARY, CANARY, type="StepNotOpen")
    except ApplicationError as error:
        await converter.encode_failure(error, failure)
    assert CANARY.encode() not in failure.SerializeToString()
    back = await converter.decode_failure(failure)
    assert isinstance(back, ApplicationError)
    assert (back.message, back.details[0], back.type) == (CANARY, CANARY, "StepNotOpen")


async def test_the_canary_is_found_where_nothing_is_encrypted() -> None:
    """The control: the two tests above would see a leak."""
    plain = DataConverter.default
    payloads = await plain.encode([CANARY])
    failure = Failure()
    await plain.encode_failure(ApplicationError(CANARY), failure)
    assert CANARY.encode() in payloads[0].SerializeToString()
    assert CANARY.encode() in failure.SerializeToString()


async def test_a_payload_in_the_clear_is_refused(converter: DataConverter) -> None:
    """Whoever reaches Temporal without our keys cannot send us commands."""
    for payload in DefaultPayloadConverter().to_payloads([{"note": CANARY}, None, b"raw"]):
        with pytest.raises(PayloadRefused, match="in the clear") as caught:
            await converter.decode([payload])
        assert CANARY not in str(caught.value)


async def test_the_servers_own_constant_passes_and_nothing_like_it(converter: DataConverter) -> None:
    """The detail of an activity that was cancelled between two attempts comes from the server, in the clear."""
    own = Payload(metadata={"encoding": b"json/plain"}, data=b'"ACTIVITY_ID_NOT_STARTED"')
    assert await converter.decode([own], [str]) == ["ACTIVITY_ID_NOT_STARTED"]
    for alike in (
        Payload(metadata=own.metadata, data=b'"ACTIVITY_ID_NOT_STARTED "'),
        Payload(metadata={**own.metadata, "more": b"x"}, data=own.data),
    ):
        with pytest.raises(PayloadRefused, match="in the clear"):
            await converter.decode([alike])


async def test_older_keys_of_the_ring_still_open(rings: Rings) -> None:
    """What was written before a rotation is read after it; new payloads need the new key."""
    old, new = SealingCodec(rings.old), SealingCodec(rings.new)
    payload = Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')
    before, after = await old.encode([payload]), await new.encode([payload])
    assert await new.decode([*before, *after]) == [payload, payload]
    with pytest.raises(PayloadRefused, match=r"'k2'.*add it"):
        await old.decode(after)


async def test_an_altered_payload_is_refused(rings: Rings) -> None:
    """Any bit of it, a claim to another key, and a payload cut short."""
    codec = SealingCodec(rings.new)
    [sealed] = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')])
    for position in range(len(sealed.data)):
        data = bytearray(sealed.data)
        data[position] ^= 1
        with pytest.raises(PayloadRefused, match="does not open"):
            await codec.decode([Payload(metadata=sealed.metadata, data=bytes(data))])
    with pytest.raises(PayloadRefused, match="does not open"):
        await codec.decode([Payload(metadata={**sealed.metadata, "putokaz-key": b"k1"}, data=sealed.data)])
    with pytest.raises(PayloadRefused, match="does not open"):
        await codec.decode([Payload(metadata=sealed.metadata, data=b"short")])


def test_a_ring_comes_back_and_grows(tmp_path: Path) -> None:
    """Mode 0600; a rotation keeps the older keys."""
    path = tmp_path / "ring"
    made = create_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_keyring(path) == made
    rotated = rotate(path)
    assert (rotated.current, set(rotated.keys)) == ("k2", {"k1", "k2"})
    assert rotated.keys["k1"] == made.keys["k1"]
    assert load_keyring(path) == rotated
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(tmp_path)) == ["ring"]


def test_a_rotation_never_takes_the_name_of_a_key(tmp_path: Path) -> None:
    """Also when an older one was taken out."""
    path = tmp_path / "ring"
    create_keyring(path)
    rotate(path)
    ring = rotate(path)
    keys = {name: key for name, key in ring.keys.items() if name != "k1"}
    assert set(keys) == {"k2", "k3"}
    path.write_text(
        '{"current": "k3", "keys": {"k2": "' + "A" * 43 + '=", "k3": "' + "B" * 43 + '="}}', encoding="ascii"
    )
    assert set(rotate(path).keys) == {"k2", "k3", "k4"}


def test_a_ring_is_never_overwritten(tmp_path: Path) -> None:
    """Payloads of its keys would be lost."""
    create_keyring(tmp_path / "ring")
    with pytest.raises(KeyRingFault, match="rotate"):
        create_keyring(tmp_path / "ring")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current":"k1","keys":{}}',
        '{"current":"k1","keys":{"k1":"AAAA"}}',
        '{"current":"k1","keys":3}',
    ],
)
def test_a_malformed_ring_is_refused(tmp_path: Path, content: str) -> None:
    """At the start, with a message that says what to do."""
    path = tmp_path / "ring"
    path.write_text(content, encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(KeyRingFault):
        load_keyring(path)


def test_a_ring_that_others_may_read_or_that_is_missing_is_refused(tmp_path: Path) -> None:
    """As the vault's key."""
    with pytest.raises(KeyRingFault, match="cannot be read"):
        load_keyring(tmp_path / "ring")
    create_keyring(tmp_path / "ring")
    (tmp_path / "ring").chmod(0o640)
    with pytest.raises(KeyRingFault, match="0640"):
        load_keyring(tmp_path / "ring")
