"""Form tokens: every form carries one that belongs to the browser's session, so that no other page can forge it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from uuid import UUID

SESSION_COOKIE = "putokaz_session"
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")


def new_session() -> str:
    """A session name with 256 random bits."""
    return secrets.token_urlsafe(32)


def session_of_signed_in(signed_in: UUID) -> str:
    """The session of the forms of somebody who is signed in: one for each sign-in, the same after they step up."""
    digest = hashlib.sha256(b"putokaz-forms-1" + signed_in.bytes).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def session_of(cookie: str | None) -> str | None:
    """The session in a cookie, if it is one of ours in form."""
    return cookie if cookie and _SESSION.fullmatch(cookie) else None


def token_for(session: str, secret: bytes) -> str:
    """The token of every form of this session."""
    return hmac.new(secret, f"form|{session}".encode(), hashlib.sha256).hexdigest()


def is_token(given: str, session: str | None, secret: bytes) -> bool:
    """Whether a form's token belongs to the session; compared in constant time."""
    return session is not None and hmac.compare_digest(given.encode(), token_for(session, secret).encode())
