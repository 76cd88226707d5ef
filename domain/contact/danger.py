"""Part: immediate danger. Whoever is on call is called, then the next, minutes apart, until a person says: I have it.

Who has it says how it went; until then it is owed by that person, by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.codes import Mover, ObligationKind, Role
from domain.command import Command
from domain.contact.codes import DangerOutcome
from domain.contact.contacts import CONTACTS, Decision, Surroundings, hotline_of, not_listed
from domain.contact.state import Contact, DangerState
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.pathway.hotline import Hotline
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.chaining import chain_deadline
from domain.stream.debts import Turn
from domain.stream.facts import gives_work
from domain.stream.obligation import Clockwork, Obligation, Owner, stall_of
from domain.values import Code, Count, StaffId


class DangerRaised(Event, topic="contact.danger-raised"):
    """Somebody is in danger now. The deadline is the chain of calls."""

    number: Count
    sign: Code
    deadline: Deadline
    note: Sealed[Notes] | None = None


class DangerAcknowledged(Event, topic="contact.danger-acknowledged"):
    """This person has it. The deadline: by when they say how it went."""

    number: Count
    by: StaffId
    deadline: Deadline


class DangerSettled(Event, topic="contact.danger-settled"):
    """How it came to its end, as far as we know."""

    number: Count
    outcome: DangerOutcome
    note: Sealed[Notes] | None = None


class RaiseDanger(Command, kind="raise-danger"):
    """Raises an alarm. A second one beside an open one is a danger of its own."""

    sign: Code
    note: Sealed[Notes] | None = None


class AcknowledgeDanger(Command, kind="acknowledge-danger"):
    """`by` has it, a named person. Without `number` the oldest that nobody has."""

    by: StaffId
    number: Count | None = None


class SettleDanger(Command, kind="settle-danger"):
    """Says how a danger ended. Without `number` the oldest open one; `seen` is its version on the form."""

    outcome: DangerOutcome
    number: Count | None = None
    note: Sealed[Notes] | None = None
    seen: Count | None = None


gives_work(AcknowledgeDanger, lambda command: (command.by,))


def danger_key(number: int) -> str:
    """The part and the obligation of the n-th danger."""
    return f"danger:{number}"


def raised(
    sign: str, hotline: Hotline, surroundings: Surroundings, *, number: int, note: Sealed[Notes] | None = None
) -> DangerRaised | Refused:
    """The alarm, with the chain of calls from now on."""
    signs = tuple(s.sign for s in hotline.dangers.signs)
    if sign not in signs:
        return not_listed("sign", signs)
    chain = chain_deadline(hotline.dangers.chain, surroundings.pathway, now=surroundings.now)
    return DangerRaised(number=number, sign=sign, deadline=chain, note=note)


@CONTACTS.decides(RaiseDanger, in_every_phase=True)
def _raise(contact: Contact, command: RaiseDanger, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    danger = raised(command.sign, hotline, surroundings, number=len(contact.dangers) + 1, note=command.note)
    return danger if isinstance(danger, Refused) else (danger,)


@CONTACTS.decides(AcknowledgeDanger)
def _acknowledge(contact: Contact, command: AcknowledgeDanger, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    nobodys = (d for d in contact.dangers.values() if d.is_open and d.acknowledged_by is None)
    oldest = next(nobodys, None) or next((d for d in contact.dangers.values() if d.is_open), None)
    danger = oldest if command.number is None else contact.dangers.get(command.number)
    if danger is None or not danger.is_open:
        return Refused(code=RefusalCode.NO_SUCH_DANGER)
    if danger.acknowledged_by == command.by:
        return ()
    if danger.acknowledged_by is not None:
        return Refused(
            code=RefusalCode.ALREADY_ACKNOWLEDGED,
            part=danger.key,
            part_version=danger.version,
            other=danger.acknowledged_by,
        )
    settle = ladder_deadline(hotline.dangers.settle, surroundings.pathway, now=surroundings.now)
    return (DangerAcknowledged(number=danger.number, by=command.by, deadline=settle),)


@CONTACTS.decides(SettleDanger)
def _settle(contact: Contact, command: SettleDanger, _: Surroundings) -> Decision:
    oldest = next((d for d in contact.dangers.values() if d.is_open), None)
    danger = oldest if command.number is None else contact.dangers.get(command.number)
    if danger is None or not danger.is_open:
        return Refused(code=RefusalCode.NO_SUCH_DANGER)
    if command.seen is not None and command.seen != danger.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=danger.key, part_version=danger.version)
    return (DangerSettled(number=danger.number, outcome=command.outcome, note=command.note),)


def _wind(contact: Contact, key: str, turn: Turn) -> Contact:
    found = next((d for d in contact.dangers.values() if d.key == key), None)
    return contact if found is None else _with(contact, replace(found, clockwork=turn(found.clockwork)))


def _again(contact: Contact, obligation: Obligation, pathway: Pathway) -> timedelta:
    dangers = pathway.hotline.dangers if pathway.hotline else None
    if dangers is None:
        return timedelta(minutes=15)
    owned = any(d.key == obligation.key and d.acknowledged_by for d in contact.dangers.values())
    return timedelta(hours=dangers.again_hours) if owned else dangers.chain.pause


@CONTACTS.owes(ObligationKind.DANGER, winding=_wind, again=_again)
def _owed(contact: Contact) -> Iterator[Obligation]:
    for danger in contact.dangers.values():
        if danger.is_open:
            yield Obligation(
                danger.key,
                ObligationKind.DANGER,
                danger.clockwork.deadline.due_at,
                Owner(Role.ON_CALL, danger.acknowledged_by),
                danger.clockwork,
                version=danger.version,
                what=danger.sign,
                stall=stall_of(danger.clockwork, Mover.US, danger.version),
                opened_at=danger.raised_at,
            )


@CONTACTS.evolves(DangerRaised)
def _raised(contact: Contact, recorded: Recorded[DangerRaised]) -> Contact:
    event = recorded.event
    danger = DangerState(
        key=danger_key(event.number),
        number=event.number,
        sign=event.sign,
        raised_at=recorded.recorded_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
    )
    return _with(contact, danger)


@CONTACTS.evolves(DangerAcknowledged)
def _acknowledged(contact: Contact, recorded: Recorded[DangerAcknowledged]) -> Contact:
    event = recorded.event
    danger = contact.dangers[event.number]
    return _with(
        contact,
        replace(
            danger,
            acknowledged_by=event.by,
            acknowledged_at=recorded.recorded_at,
            version=recorded.version,
            clockwork=danger.clockwork.moved(event.deadline),
        ),
    )


@CONTACTS.evolves(DangerSettled)
def _settled(contact: Contact, recorded: Recorded[DangerSettled]) -> Contact:
    event = recorded.event
    danger = contact.dangers[event.number]
    return _with(contact, replace(danger, outcome=event.outcome, version=recorded.version))


def _with(contact: Contact, danger: DangerState) -> Contact:
    return replace(contact, dangers={**contact.dangers, danger.number: danger})
