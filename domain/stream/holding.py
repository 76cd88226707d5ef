"""What people hold of a stream, and the command by which one of them takes it over from another.

A kind says who holds what in a state (`StreamKind.held`); so the caseload of a person follows from streams alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.codes import Role
from domain.command import Command
from domain.stream.facts import gives_work
from domain.values import ObligationKey, StaffId


@dataclass(frozen=True, slots=True)
class Held:
    """`part` names it within the stream: `caseworker` of a journey, `call-back:1`, `crew:<uuid>` of a mission."""

    part: ObligationKey
    role: Role
    staff: UUID


class TakeOver(Command, kind="take-over"):
    """Gives what `leaver` holds to `successor`, and changes nothing else. Nothing where the successor has it already.

    Refused where somebody else has it by now: that was decided by a person, and a hand-over does not undo it.
    """

    part: ObligationKey
    leaver: StaffId
    successor: StaffId


gives_work(TakeOver, lambda command: (command.successor,))
