"""Everything that Temporal stores of ours is encrypted: payloads, and the messages and stacks of failures.

It holds ids, codes and sealed texts only; this is the second wall. Runs outside the workflow sandbox, and no workflow
module may import it: `cryptography` cannot be loaded twice. The ids of workflows, updates, signals and activities
and the *type* names of errors stay readable, so they are constants or random.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec

from domain.errors import PayloadRefused
from worker.keyring import KeyRing

_ENCODING = b"binary/putokaz-aes256gcm"
_KEY_ID = "putokaz-key"
_NONCE = 12
_NOT_STARTED = Payload(metadata={"encoding": b"json/plain"}, data=b'"ACTIVITY_ID_NOT_STARTED"')
"""The one payload that the server itself writes into a history of ours, as the detail of an activity that was cancelled
while it waited for its next attempt (seen with server 1.32). A constant carries nothing in or out."""


class SealingCodec(PayloadCodec):
    """AES-256-GCM with the current key of the ring; the key's id travels in the metadata and in the associated data."""

    def __init__(self, ring: KeyRing) -> None:
        super().__init__()
        self._current = ring.current
        self._ciphers = {key_id: AESGCM(key) for key_id, key in ring.keys.items()}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypts each payload with its metadata."""
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Opens each payload. Raises `PayloadRefused` for one in the clear, with an unknown key, or altered.

        One constant of the server's own passes.
        """
        return [self._opened(payload) for payload in payloads]

    def _encrypted(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self._current].encrypt(nonce, payload.SerializeToString(), _context(self._current))
        return Payload(metadata={"encoding": _ENCODING, _KEY_ID: self._current.encode()}, data=nonce + sealed)

    def _opened(self, payload: Payload) -> Payload:
        if payload == _NOT_STARTED:
            return payload
        if payload.metadata.get("encoding") != _ENCODING:
            raise PayloadRefused("a payload came in the clear: somebody writes to Temporal without our codec")
        key_id = payload.metadata.get(_KEY_ID, b"").decode("ascii", "replace")
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise PayloadRefused(f"a payload needs key {key_id!r}, which is not in the key ring: add it and restart")
        try:
            plain = cipher.decrypt(payload.data[:_NONCE], payload.data[_NONCE:], _context(key_id))
        except (InvalidTag, ValueError):
            raise PayloadRefused(
                f"a payload does not open with key {key_id!r}: altered, or another ring's key"
            ) from None
        return Payload.FromString(plain)


def data_converter(ring: KeyRing) -> DataConverter:
    """For every client, worker and replayer: pydantic messages, our codec, failures encoded as well."""
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=SealingCodec(ring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def _context(key_id: str) -> bytes:
    return b"putokaz-payload-1:" + key_id.encode()
