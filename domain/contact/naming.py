"""What people call a contact: `PZ-7QW2M0X`; and the code by which somebody who calls again is known: `PB-7QW2M0X`."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from domain.codes import StreamName
from domain.stream.naming import code_of_id, stream_code

PREFIX = f"{StreamName.CONTACT.value}-"
CALLER_MARK = "PB"


@lru_cache(maxsize=4096)
def contact_id(stream: str) -> UUID:
    """The contact of a stream. Raises `ValueError` for the stream of another kind."""
    if not stream.startswith(PREFIX):
        raise ValueError(f"not the stream of a contact: {stream[:20]}")
    return UUID(stream.removeprefix(PREFIX))


def contact_code(contact: UUID) -> str:
    """The code of a contact."""
    return stream_code(StreamName.CONTACT, contact)


def caller_code(caller: UUID) -> str:
    """The code that we tell a caller, so that they need not tell their story again."""
    return code_of_id(CALLER_MARK, caller)
