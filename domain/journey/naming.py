"""What people call a journey: a short code, the same for ever, that says nothing about anybody.

    journey_code(UUID("…"))      # PK-7QW2M0X
    code_prefix("pk 7qw2")       # PK-7QW2, as a person types it

35 bits: over the phone seven signs are enough, and no check of being single: among 100,000 journeys two have the same
code with a probability of 14 %. So a code finds journeys, it does not identify one.
"""

from __future__ import annotations

from uuid import UUID

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread."""

LENGTH = 7
_MARK = "PK"
_MISREAD = str.maketrans("ILO", "110", " -")


def journey_code(journey: UUID) -> str:
    """The code of a journey, from the last 35 bits of its id, which are random in every version of UUID in use."""
    bits = journey.int
    signs = [SIGNS[bits >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return f"{_MARK}-{''.join(signs)}"


def code_prefix(typed: str) -> str | None:
    """What a person typed as a code or its beginning, in our spelling; `None` where no code begins so.

    `PK` may be left out, small letters and misread signs (O for 0, I and L for 1) are forgiven.
    """
    signs = typed.upper().translate(_MISREAD).removeprefix(_MARK)
    if len(signs) > LENGTH or any(sign not in SIGNS for sign in signs):
        return None
    return f"{_MARK}-{signs}"
