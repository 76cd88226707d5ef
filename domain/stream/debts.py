"""What the parts of a kind owe: each registers its obligations, and how its clockwork is wound on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.codes import ObligationKind
from domain.errors import DefinitionError
from domain.stream.obligation import Clockwork, Obligation, by_due

S = TypeVar("S")
Owing = Callable[[S], Iterable[Obligation]]
Turn = Callable[[Clockwork], Clockwork]
Winding = Callable[[S, str, Turn], S]
"""The state with the clockwork of this obligation turned; unchanged where it is no longer there."""
Wanted = Callable[[S, str, int], bool]


@dataclass(frozen=True, slots=True)
class Debt(Generic[S]):
    """What a part registers for one kind of obligation."""

    owing: Owing[S]
    winding: Winding[S]
    wanted: Wanted[S] | None


class Debts(Generic[S]):
    """What one kind of stream may owe."""

    def __init__(self) -> None:
        self.of: dict[ObligationKind, Debt[S]] = {}

    def owes(
        self, kind: ObligationKind, *, winding: Winding[S], wanted: Wanted[S] | None = None
    ) -> Callable[[Owing[S]], Owing[S]]:
        """Registers what an open stream owes of this kind.

        `wanted` says whether a message about a date of it is still to be sent; by default while that date is the one
        owed.
        """

        def register(owing: Owing[S]) -> Owing[S]:
            if kind in self.of:
                raise DefinitionError(f"{kind.value} is owed twice")
            self.of[kind] = Debt(owing, winding, wanted)
            return owing

        return register

    def obligations(self, state: S) -> list[Obligation]:
        """Everything owed, by due instant; the caller knows whether the stream is open."""
        return by_due(o for debt in self.of.values() for o in debt.owing(state))

    def wind(self, state: S, kind: ObligationKind, key: str, turn: Turn) -> S:
        """The state with the clockwork of that obligation turned."""
        return self.of[kind].winding(state, key, turn)

    def is_wanted(self, state: S, key: str, date_version: int) -> bool:
        """Whether a message about this date of an obligation of an open stream is still to be sent."""
        if any(debt.wanted is not None and debt.wanted(state, key, date_version) for debt in self.of.values()):
            return True
        return any(o.key == key and o.clockwork.date_version == date_version for o in self.obligations(state))
