"""The short name of a journey that people say on the phone and messages carry: `PK-4F7K2Q9`."""

from __future__ import annotations

from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH = 7
PREFIX = "PK-"


def journey_code(journey: UUID) -> str:
    """The code of a journey: 35 random bits of its id, so that it says nothing about when or who.

    Among 100,000 journeys one pair shares a code with a chance of about 1 in 7; look-ups therefore return a list.
    """
    bits = journey.int & ((1 << 5 * _LENGTH) - 1)
    return PREFIX + "".join(_ALPHABET[(bits >> 5 * place) & 31] for place in reversed(range(_LENGTH)))
