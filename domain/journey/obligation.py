"""What a journey owes: each part registers its obligations, and how its ladder is wound on when rungs were fired."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Phase, Role
from domain.journey.doubles import doubles
from domain.journey.state import Journey
from domain.stream.debts import Debts, Turn
from domain.stream.obligation import Obligation, Owner, Wake, wakes_of

__all__ = ["DEBTS", "Turn", "is_wanted", "obligations", "owes", "owner", "somebody_else", "wakes"]

DEBTS: Debts[Journey] = Debts()
owes = DEBTS.owes


def owner(journey: Journey, role: Role) -> Owner:
    """The person of the role; where it is vacant the caseworker, else whoever is on call."""
    if (staff := journey.assigned.get(role)) is not None:
        return Owner(role, staff)
    if (staff := journey.assigned.get(Role.CASEWORKER)) is not None:
        return Owner(Role.CASEWORKER, staff)
    return Owner(Role.ON_CALL, journey.assigned.get(Role.ON_CALL))


def somebody_else(journey: Journey, role: Role, person: UUID) -> Owner:
    """Whoever has the role, else all who hold it; where that is the person themselves, whoever is on call."""
    staff = journey.assigned.get(role)
    if staff is None or staff != person:
        return Owner(role, staff)
    on_call = journey.assigned.get(Role.ON_CALL)
    return Owner(Role.ON_CALL, on_call if on_call != person else None)


def obligations(journey: Journey) -> list[Obligation]:
    """Everything owed, by due instant, each fact once. A journey that is not open owes nothing."""
    if journey.phase is not Phase.OPEN:
        return []
    owed, silent = DEBTS.obligations(journey), doubles(journey)
    return [one for one in owed if one.key not in silent] if silent else owed


def wakes(journey: Journey) -> list[Wake]:
    """The next moment of each obligation, earliest first."""
    return wakes_of(obligations(journey))


def is_wanted(journey: Journey, key: str, date_version: int) -> bool:
    """Whether a message about this date of an obligation is still to be sent: not once it has moved or been met."""
    if journey.phase is not Phase.OPEN or key in doubles(journey):
        return False
    return DEBTS.is_wanted(journey, key, date_version)
