"""What people call a stream: a short code, the same for ever, that says nothing about anybody.

    stream_code(StreamName.JOURNEY, UUID("…"))          # PK-7QW2M0X
    code_prefix_of(StreamName.JOURNEY, "pk 7qw2")       # PK-7QW2, as a person types it

35 bits: over the phone seven signs are enough, and no check of being single: among 100,000 journeys two have the same
code with a probability of 14 %. So a code finds journeys, it does not identify one.
"""

from __future__ import annotations

from uuid import UUID

from domain.codes import StreamName

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread."""

LENGTH = 7
MARKS = {
    StreamName.JOURNEY: "PK",
    StreamName.CONTACT: "PZ",
    StreamName.PROVIDER: "PV",
    StreamName.MISSION: "PM",
    StreamName.STAFF: "PS",
    StreamName.HANDOVER: "PD",
    StreamName.EXPORT: "PE",
    StreamName.RELEASE: "PT",
}
"""With what the codes of a kind begin. They tell kinds apart and say nothing else."""
_MISREAD = str.maketrans("ILO", "110", " -")


def stream_code(kind: StreamName, id_: UUID) -> str:
    """The code of a stream, from the last 35 bits of its id, which are random in every version of UUID in use."""
    return code_of_id(MARKS[kind], id_)


def code_of_id(mark: str, id_: UUID) -> str:
    """The code of an id that is no stream's, under a mark of its own."""
    bits = id_.int
    signs = [SIGNS[bits >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return f"{mark}-{''.join(signs)}"


def code_prefix_of(kind: StreamName, typed: str) -> str | None:
    """What a person typed as a code or its beginning, in our spelling; `None` where no code of this kind begins so.

    The mark may be left out, small letters and misread signs (O for 0, I and L for 1) are forgiven.
    """
    return prefix_under(MARKS[kind], typed)


def prefix_under(mark: str, typed: str) -> str | None:
    """The same for codes under any mark."""
    signs = typed.upper().translate(_MISREAD).removeprefix(mark)
    if len(signs) > LENGTH or any(sign not in SIGNS for sign in signs):
        return None
    return f"{mark}-{signs}"


def whole_code(typed: str) -> tuple[StreamName, str] | None:
    """The kind of stream and the code that a person typed whole, mark and all, in our spelling; else `None`.

    whole_code("pm 7qw2m0x")     # StreamName.MISSION, "PM-7QW2M0X"
    """
    signs = typed.upper().translate(_MISREAD)
    for kind, mark in MARKS.items():
        if signs.startswith(mark) and len(signs) == len(mark) + LENGTH and (found := prefix_under(mark, typed)):
            return kind, found
    return None
