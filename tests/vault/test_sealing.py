"""Sealed texts, with keys from a real vault: they open where they belong and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.errors import KeyDestroyed, SealBroken, TextTooLong
from domain.sealed import MAX_SEALED_BYTES, Compartment, Notes, Sealed
from eventlog.sealing import MAX_TEXT_BYTES, Sealer
from vault.kek import create_kek
from vault.keys import DataKey, Keys

TEXT = "Klijentkinja se javila; Ђурђевак 12"
STREAM, OTHER = "journey-1", "journey-2"
COMMAND = UUID("5f0f8f0e-3f0e-4b0a-8a53-0f6d3f0a5f11")


@pytest.fixture
def keys(vault_database: str, tmp_path: Path) -> Iterator[Keys]:
    """The keys of an empty vault."""
    keys = Keys(vault_database, create_kek(tmp_path / "kek"))
    yield keys
    keys.close()


@pytest.fixture
def sealed(keys: Keys) -> Sealed[Notes]:
    """A note in the first stream."""
    return Sealer(keys).seal(TEXT, stream=STREAM, compartment=Compartment.NOTES, field="note", command_id=COMMAND)


def opened(
    keys: Keys,
    sealed: Sealed[Notes],
    *,
    stream: str = STREAM,
    compartment: Compartment = Compartment.NOTES,
    field: str = "note",
    command_id: UUID = COMMAND,
) -> str:
    """Opens where the note belongs, unless the test says elsewhere."""
    return Sealer(keys).unseal(sealed, stream=stream, compartment=compartment, field=field, command_id=command_id)


def test_a_sealed_text_opens_where_it_belongs(keys: Keys, sealed: Sealed[Notes]) -> None:
    """Through its textual form, as it travels; twice the same text gives different bytes."""
    assert opened(keys, Sealed[Notes](sealed.text)) == TEXT
    again = Sealer(keys).seal(TEXT, stream=STREAM, compartment=Compartment.NOTES, field="note", command_id=COMMAND)
    assert again != sealed
    assert TEXT.encode()[:8] not in sealed.to_bytes()


def test_a_sealed_text_does_not_open_anywhere_else(keys: Keys, sealed: Sealed[Notes]) -> None:
    """Moved to another stream, compartment, field or command."""
    with pytest.raises(SealBroken):
        opened(keys, sealed, stream=OTHER)
    with pytest.raises(SealBroken):
        opened(keys, sealed, compartment=Compartment.LEGAL)
    with pytest.raises(SealBroken):
        opened(keys, sealed, field="reason")
    with pytest.raises(SealBroken):
        opened(keys, sealed, command_id=uuid4())


def test_a_changed_bit_anywhere_breaks_the_seal(keys: Keys, sealed: Sealed[Notes]) -> None:
    """Format, key id, nonce, text and tag."""
    content = sealed.to_bytes()
    for position in range(len(content)):
        altered = bytearray(content)
        altered[position] ^= 1
        with pytest.raises(SealBroken):
            opened(keys, Sealed[Notes].from_bytes(bytes(altered)))


def test_a_cut_text_breaks_the_seal(keys: Keys, sealed: Sealed[Notes]) -> None:
    """Also when hardly anything is left."""
    content = sealed.to_bytes()
    for size in (30, 44, 45, len(content) - 1):
        with pytest.raises(SealBroken):
            opened(keys, Sealed[Notes].from_bytes(content[:size]))


def test_keys_of_another_vault_do_not_open_it(sealed: Sealed[Notes], tmp_path: Path) -> None:
    """The id names no key there, or a key that is not this one."""

    class Elsewhere:
        def __init__(self, answer: bytes) -> None:
            self.answer = answer

        def current_key(self, stream: str, compartment: str, /) -> DataKey:
            raise AssertionError("opening asks for no new key")

        def opening_key(self, key_id: UUID, /) -> bytes:
            return self.answer

    with pytest.raises(SealBroken):
        Sealer(Elsewhere(b"\x07" * 32)).unseal(
            sealed, stream=STREAM, compartment=Compartment.NOTES, field="note", command_id=COMMAND
        )


def test_a_destroyed_key_erases_its_compartment_at_once(keys: Keys, sealed: Sealed[Notes]) -> None:
    """Though it was in the cache; other compartments of the stream stay readable."""
    legal = Sealer(keys).seal(TEXT, stream=STREAM, compartment=Compartment.LEGAL, field="note", command_id=COMMAND)
    assert opened(keys, sealed) == TEXT
    assert keys.destroy(STREAM, Compartment.NOTES.value) == 1
    with pytest.raises(KeyDestroyed):
        opened(keys, sealed)
    assert opened(keys, legal, compartment=Compartment.LEGAL) == TEXT


def test_the_largest_text_is_sealed_and_a_larger_one_refused(keys: Keys) -> None:
    """Before anything is encrypted, with the figures that the page shows."""
    sealer = Sealer(keys)
    largest = sealer.seal(
        "x" * MAX_TEXT_BYTES, stream=STREAM, compartment=Compartment.NOTES, field="note", command_id=COMMAND
    )
    assert len(largest.to_bytes()) == MAX_SEALED_BYTES
    with pytest.raises(TextTooLong) as caught:
        sealer.seal(
            "Ж" * (MAX_TEXT_BYTES // 2 + 1),
            stream=STREAM,
            compartment=Compartment.NOTES,
            field="note",
            command_id=COMMAND,
        )
    assert (caught.value.size, caught.value.limit) == (MAX_TEXT_BYTES + 1, MAX_TEXT_BYTES)
    assert "Ж" not in str(caught.value)


def test_an_empty_text_can_be_sealed(keys: Keys) -> None:
    """Its textual form is long enough to be one of ours."""
    empty = Sealer(keys).seal("", stream=STREAM, compartment=Compartment.NOTES, field="note", command_id=COMMAND)
    assert opened(keys, empty) == ""
