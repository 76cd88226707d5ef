"""The permits of a journey, oldest first. At most one of them is watched over: the last that is not void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import Role
from domain.journey.residence.codes import OWED, PermitStatus
from domain.stream.obligation import Clockwork
from domain.values import Code

RESIDENCE = "residence"
"""The word in keys, and what a page names the obligation by: the same for every kind, so that it tells nothing."""


def permit_key(number: int) -> str:
    """The part, and the obligation, of a permit: `residence:2`."""
    return f"{RESIDENCE}:{number}"


@dataclass(frozen=True, slots=True)
class Application:
    """An application to extend, which is not decided yet."""

    applied_on: date
    document: UUID | None = None


@dataclass(frozen=True)
class PermitState:
    """`valid_until` is the last day that it covers, `ends` are the last days it had before, oldest first.

    `wanted_since` is the date version of the last day that a person entered: what the clock adds to it supersedes no
    letter. `follows` is the number of the permit whose place it took, `before` how it stood when its own was taken.
    """

    number: int
    kind: Code
    ground: Code
    valid_from: date
    valid_until: date
    role: Role
    status: PermitStatus
    version: int
    clockwork: Clockwork
    wanted_since: int = 1
    ends: tuple[date, ...] = ()
    application: Application | None = None
    document: UUID | None = None
    revoked_for: Code | None = None
    follows: int | None = None
    before: PermitStatus | None = None

    @property
    def key(self) -> str:
        return permit_key(self.number)

    @property
    def is_owed(self) -> bool:
        return self.status in OWED
