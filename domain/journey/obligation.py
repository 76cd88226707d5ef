"""What a journey owes: each part registers its obligations, and how its ladder is wound on when rungs were fired."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from domain.codes import ObligationKind, Phase, Role
from domain.errors import DefinitionError
from domain.event import Event
from domain.journey.state import Journey
from domain.stream.deciding import Surroundings
from domain.stream.obligation import Clockwork, Obligation, Owner, Wake, by_due, wakes_of

Owing = Callable[[Journey], Iterable[Obligation]]
Turn = Callable[[Clockwork], Clockwork]
Winding = Callable[[Journey, str, Turn], Journey]
"""The journey with the clockwork of this obligation turned; unchanged where it is no longer there."""
Wanted = Callable[[Journey, str, int], bool]
Following = Callable[[Journey, Obligation, Surroundings], tuple[Event, ...]]
"""What else is recorded when rungs of this obligation are fired now."""


class Debt(NamedTuple):
    """What a part registers for one kind of obligation."""

    owing: Owing
    winding: Winding
    wanted: Wanted | None
    following: Following | None


DEBTS: dict[ObligationKind, Debt] = {}


def owes(
    kind: ObligationKind, *, winding: Winding, wanted: Wanted | None = None, following: Following | None = None
) -> Callable[[Owing], Owing]:
    """Registers what an open journey owes of this kind.

    `wanted` says whether a message about a date of it is still to be sent; by default while that date is the one owed.
    `following` says what else is recorded when rungs of it are fired.
    """

    def register(owing: Owing) -> Owing:
        if kind in DEBTS:
            raise DefinitionError(f"{kind.value} is owed twice")
        DEBTS[kind] = Debt(owing, winding, wanted, following)
        return owing

    return register


def owner(journey: Journey, role: Role) -> Owner:
    """The person of the role; where it is vacant the caseworker, else whoever is on call."""
    if (staff := journey.assigned.get(role)) is not None:
        return Owner(role, staff)
    if (staff := journey.assigned.get(Role.CASEWORKER)) is not None:
        return Owner(Role.CASEWORKER, staff)
    return Owner(Role.ON_CALL, journey.assigned.get(Role.ON_CALL))


def obligations(journey: Journey) -> list[Obligation]:
    """Everything owed, by due instant. A journey that is not open owes nothing."""
    if journey.phase is not Phase.OPEN:
        return []
    return by_due(o for debt in DEBTS.values() for o in debt.owing(journey))


def wakes(journey: Journey) -> list[Wake]:
    """The next moment of each obligation, earliest first."""
    return wakes_of(obligations(journey))


def is_wanted(journey: Journey, key: str, date_version: int) -> bool:
    """Whether a message about this date of an obligation is still to be sent: not once it has moved or been met."""
    if journey.phase is not Phase.OPEN:
        return False
    for debt in DEBTS.values():
        if debt.wanted is not None and debt.wanted(journey, key, date_version):
            return True
    return any(o.key == key and o.clockwork.date_version == date_version for o in obligations(journey))
