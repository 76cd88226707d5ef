"""What people call a journey: `PK-7QW2M0X` (`domain.stream.naming`)."""

from __future__ import annotations

from uuid import UUID

from domain.codes import StreamName
from domain.stream.naming import code_prefix_of, stream_code


def journey_code(journey: UUID) -> str:
    """The code of a journey."""
    return stream_code(StreamName.JOURNEY, journey)


def code_prefix(typed: str) -> str | None:
    """What a person typed as a journey's code or its beginning, in our spelling; `None` where no code begins so."""
    return code_prefix_of(StreamName.JOURNEY, typed)
