"""A journey whose clock is moved by hand: what falls due on the way is fired as its workflow would fire it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.codes import ObligationKind
from domain.command import Command
from domain.journey import obligations, wakes
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import Given


@dataclass(frozen=True)
class Letter:
    """Whom a rung told of what, and when."""

    at: datetime
    kind: ObligationKind
    rung: str
    to: frozenset[UUID | None]


@dataclass
class Told:
    """The journey as it is told. `letters` are those that went out so far."""

    here: Given
    letters: list[Letter] = field(default_factory=list)

    def do(self, *commands: Command) -> None:
        """Somebody decides; what is due at once goes out at once."""
        self.here = self.here.having(*commands)
        self._fire(self.here.now)

    def refused(self, command: Command, code: RefusalCode) -> None:
        """Somebody tries, and is told why not."""
        self.here.when(command).then_refused(code)

    def until(self, at: datetime) -> None:
        """Time passes. Every timer on the way rings at its moment."""
        self._fire(at)
        self.here = self.here.at(at)

    def later(self, **span: float) -> None:
        """The same, by a span."""
        self.until(self.here.now + timedelta(**span))

    def owed(self) -> set[ObligationKind]:
        """What is owed now."""
        return {o.kind for o in obligations(self.here.state)}

    def told(self, kind: ObligationKind) -> list[tuple[str, frozenset[UUID | None]]]:
        """The letters about one kind of obligation, in order."""
        return [(letter.rung, letter.to) for letter in self.letters if letter.kind is kind]

    def _fire(self, until: datetime) -> None:
        while (ahead := wakes(self.here.state)) and ahead[0].at <= until:
            wake = ahead[0]
            self.here = self.here.at(max(self.here.now, wake.at))
            command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
            then = self.here.when(command)
            assert then.events, wake
            for event in then.events:
                if isinstance(event, RungsFired):
                    to = frozenset(a.staff for a in event.addressees)
                    self.letters.append(Letter(self.here.now, event.kind, "+".join(event.rungs), to))
            self.here = then.after
