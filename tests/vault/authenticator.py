"""A software authenticator for tests: makes passkeys and signs with them as a telephone does (WebAuthn, "none").

Every part of an answer can be made wrong, so that a test shows what is refused and why.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

DOMAIN = "putokaz.example.org"
ORIGIN = f"https://{DOMAIN}"
_PRESENT, _VERIFIED, _BACKUP_ELIGIBLE, _ATTESTED = 0x01, 0x04, 0x08, 0x40


@dataclass(slots=True)
class Authenticator:
    """A device with one passkey. `counter` grows with each signature where `counts`; `verifies`: it asks for a PIN."""

    domain: str = DOMAIN
    counts: bool = True
    counter: int = 0
    handle: bytes = b""
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False)

    def register(self, options: str, *, origin: str = ORIGIN, verifies: bool = True, challenge: str = "") -> str:
        """What a browser sends back for `navigator.credentials.create(options)`."""
        asked = json.loads(options)
        self.handle = _bytes(asked["user"]["id"])
        client = _client("webauthn.create", challenge or asked["challenge"], origin)
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + self._public_key()
        device = self._device(verifies, _ATTESTED) + attested
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": device})
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(attestation)})

    def sign(
        self, options: str, *, origin: str = ORIGIN, verifies: bool = True, challenge: str = "", **client: Any
    ) -> str:
        """What a browser sends back for `navigator.credentials.get(options)`."""
        if self.counts:
            self.counter += 1
        data = _client("webauthn.get", challenge or json.loads(options)["challenge"], origin, **client)
        device = self._device(verifies)
        signature = self.key.sign(device + sha256(data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": _text(data),
                "authenticatorData": _text(device),
                "signature": _text(signature),
                "userHandle": _text(self.handle),
            }
        )

    def _device(self, verifies: bool, more: int = 0) -> bytes:
        flags = _PRESENT | _BACKUP_ELIGIBLE | more | (_VERIFIED if verifies else 0)
        return sha256(self.domain.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def _answer(self, response: dict[str, str]) -> str:
        name = _text(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _client(kind: str, challenge: str, origin: str, **more: Any) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, **more}).encode()


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
