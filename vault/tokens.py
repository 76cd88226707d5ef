"""Long random tokens, shown once and stored as their SHA-256: 32 random bytes need no slow hash."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """43 letters that are safe in an address and in a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """What is stored of it. Takes any text: what is no token opens nothing."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
