"""The ladder. What happens when a rung is reached, once for each version of its date, late rather than never."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from domain.codes import SYSTEM_ACTOR, ObligationKind, Role, RungEffect
from domain.command import Command
from domain.copying import replace
from domain.deadline import Rung
from domain.event import Event, Recorded
from domain.stream.obligation import Clockwork, Obligation, Owner
from domain.values import Code, Count, ObligationKey, StaffId, Value, Zone

LATE_AFTER = timedelta(minutes=15)
"""A reminder handed over later than this says that it is late."""


class Addressee(Value):
    """To whom a message goes: a person, or the role where nobody has it. `message` is its stream and its Message-ID."""

    message: UUID
    role: Role
    staff: StaffId | None = None


class RungsFired(Event, topic="obligation.rungs-fired"):
    """One or more rungs of an obligation were reached; missed ones collapse into one message that says it is late."""

    obligation: ObligationKey
    kind: ObligationKind
    date_version: Count
    rungs: tuple[Code, ...]
    effects: tuple[RungEffect, ...]
    due_at: AwareDatetime
    zone: Zone
    late: bool
    addressees: tuple[Addressee, ...]


class FireRung(Command, kind="fire-rung"):
    """The timer for this rung has run out. Where the date has another version by now, nothing happens."""

    obligation: ObligationKey
    rung: Code
    date_version: Count


def firing_id(stream: str, key: str, rung: str, date_version: int) -> UUID:
    """The `command_id` of a timer: it fires once, whoever fires it."""
    return uuid5(SYSTEM_ACTOR, f"{stream}|{key}|{rung}|{date_version}")


def find_reached(obligations: Iterable[Obligation], command: FireRung, now: datetime) -> Obligation | None:
    """The obligation whose ladder has a rung to be fired now; none where the command is stale or too early."""
    found = next((o for o in obligations if o.key == command.obligation), None)
    if found is None or found.clockwork.date_version != command.date_version or not reached(found, now):
        return None
    return found


def reached(obligation: Obligation, now: datetime) -> tuple[Rung, ...]:
    """The rungs whose moment has come and that have not been fired."""
    return tuple(r for r in obligation.ahead if r.at <= now)


def fired(stream: UUID, obligation: Obligation, told: Callable[[Role], Owner], now: datetime) -> RungsFired:
    """The event for all rungs reached. `told` says who is told where a ladder names a role."""
    rungs = reached(obligation, now)
    return RungsFired(
        obligation=obligation.key,
        kind=obligation.kind,
        date_version=obligation.clockwork.date_version,
        rungs=tuple(r.rung for r in rungs),
        effects=tuple(sorted({r.effect for r in rungs})),
        due_at=obligation.due_at,
        zone=obligation.clockwork.deadline.zone,
        late=now - rungs[0].at > LATE_AFTER,
        addressees=_addressees(stream, obligation, told, rungs),
    )


def _addressees(
    stream: UUID, obligation: Obligation, told: Callable[[Role], Owner], rungs: tuple[Rung, ...]
) -> tuple[Addressee, ...]:
    """The owner and whom the rungs name, each person once."""
    everyone = [obligation.owner, *(told(role) for rung in rungs for role in rung.to)]
    each = {o.staff or o.role: o for o in reversed(everyone)}  # who is both caseworker and supervisor is told once
    names = "+".join(r.rung for r in rungs)
    name = f"{obligation.key}|{obligation.clockwork.date_version}|{names}"
    return tuple(
        Addressee(message=uuid5(stream, f"{name}|{o.staff or o.role.value}"), role=o.role, staff=o.staff)
        for o in reversed(each.values())
    )


def spent(clockwork: Clockwork, recorded: Recorded[RungsFired]) -> Clockwork:
    """The clockwork after its rungs were fired; unchanged where its date has another version."""
    event = recorded.event
    if clockwork.date_version != event.date_version:
        return clockwork
    stalled_at = clockwork.stalled_at
    if stalled_at is None and RungEffect.STALL in event.effects:
        stalled_at = recorded.recorded_at
    return replace(clockwork, fired=clockwork.fired | frozenset(event.rungs), stalled_at=stalled_at)
