"""A file of HTCDS from elsewhere, looked at by a person: what each row would open, and who of them may be here already.

The file is read in memory and kept nowhere. Each row has a case of its own, whose id comes of the file, the row and our
secret: whoever opens a row twice, or uploads the file again, comes to the same case.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid5

from analysis.exports.grids import grid_in
from analysis.exports.htcds_proposals import Proposal, proposals
from analysis.exports.htcds_reading import Reading, read_grid
from domain.errors import PutokazError, Unavailable
from domain.journey.naming import journey_code
from projections.journey_file.queries import file
from staff.matches import AWAY, Matches, matches
from staff.visit import Visit
from vault.errors import AccessNotLogged, VaultUnavailable
from vault.identity import LONGEST_TEXT, Name, NameUse

MOST_BYTES = 5 * 1024 * 1024
"""Of a file."""
_JOURNEYS = UUID("2d5c3f0e-7f3b-4f0a-8f57-0a5a2f6f1c33")


class FileTooLarge(PutokazError):
    """It has more than `MOST_BYTES`; it was read to its end and thrown away."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """`journey`: the case that the row opens; `opened`: it is open already. `alike`: who may be the same client."""

    proposal: Proposal
    journey: UUID
    code: str
    opened: bool
    alike: Matches | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file says, and what would become of its rows."""

    name: str
    reading: Reading
    rows: tuple[Proposed, ...] = field(repr=False)


async def whole(blocks: AsyncIterator[bytes]) -> bytes:
    """A file as it comes in. Raises `FileTooLarge` once all of it has come: a browser shows no answer before."""
    content, size = bytearray(), 0
    async for block in blocks:
        size += len(block)
        if size <= MOST_BYTES:
            content += block
    if size > MOST_BYTES:
        raise FileTooLarge(f"{size} bytes")
    return bytes(content)


def look(visit: Visit, name: str, content: bytes) -> Looked:
    """What would become of a file. Every search for who is alike is logged. Raises `ForeignFile`."""
    reading = read_grid(grid_in(name, content))
    return Looked(name, reading, tuple(_proposed(visit, content, reading)))


def _proposed(visit: Visit, content: bytes, reading: Reading) -> Iterator[Proposed]:
    is_away = False
    for proposal in proposals(reading):
        journey = _journey(visit.parts.settings.secret, content, proposal.row)
        opened = file(visit.parts.reader, journey) is not None
        alike = None
        if proposal.is_named and not opened:
            alike = AWAY if is_away else _alike(visit, proposal)
            is_away = alike.away
        yield Proposed(proposal, journey, journey_code(journey), opened, alike)


def _alike(visit: Visit, proposal: Proposal) -> Matches:
    names = [
        Name(text[:LONGEST_TEXT], use)
        for text, use in ((proposal.given, NameUse.GIVEN), (proposal.family, NameUse.FAMILY))
        if text
    ]
    born = date.fromisoformat(proposal.born) if proposal.born else None
    try:
        found = visit.parts.identities.candidates(visit.person.id, names, born)
    except (Unavailable, VaultUnavailable, AccessNotLogged):
        return AWAY
    return matches(visit.parts.rights, visit.person.id, found)


def _journey(secret: bytes, content: bytes, row: int) -> UUID:
    """Keyed, so that nobody who guesses the file can find its cases in the log."""
    said = hmac.digest(secret, b"import|" + sha256(content).digest() + b"|%d" % row, "sha256")
    return uuid5(_JOURNEYS, said.hex())
