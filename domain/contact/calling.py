"""Part: the promise to call back. Nobody calls without an answer of the caller that allows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pydantic import AwareDatetime

from domain.calendar import local_date
from domain.codes import Mover, ObligationKind, Role
from domain.command import Command
from domain.contact.codes import CallOutcome, CallUrgency, MayCall, ReleaseReason
from domain.contact.contacts import CONTACTS, Decision, Surroundings, hotline_of, not_listed
from domain.contact.hours import Hours, call_deadline, call_hours
from domain.contact.state import Contact, Promise, SafeContact
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.timing import CLOCK_TOLERANCE, Instant
from domain.pathway.hotline import CallBackRule, Hotline
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.debts import Turn
from domain.stream.facts import gives_work
from domain.stream.obligation import Clockwork, Obligation, Owner, stall_of
from domain.values import Code, Count, StaffId


class CallBackPromised(Event, topic="contact.call-back-promised"):
    """We call: from `opens_at` until the deadline, in this window. `staff`: who does it, else whoever has the role."""

    number: Count
    role: Role
    staff: StaffId | None = None
    window: Code
    opens_at: AwareDatetime
    deadline: Deadline


class CalledBack(Event, topic="contact.called-back"):
    """A call was made, or was to be. After one that reached nobody: the next hours, and whose it is then."""

    number: Count
    outcome: CallOutcome
    role: Role | None = None
    opens_at: AwareDatetime | None = None
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None


class CallBackReleased(Event, topic="contact.call-back-released"):
    """The promised call is not owed any more."""

    number: Count
    reason: ReleaseReason
    note: Sealed[Notes] | None = None


class PromiseCallBack(Command, kind="promise-call-back"):
    """Promises a call. `from_at` and `until_at` where a time was agreed, else the pathway says by when."""

    urgency: CallUrgency | None = None
    from_at: Instant | None = None
    until_at: Instant | None = None
    staff: StaffId | None = None


class RecordCallBack(Command, kind="record-call-back"):
    """Records how a call went. `seen` is the version of the promise on the form."""

    outcome: CallOutcome
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None
    seen: Count | None = None


class ReleaseCallBack(Command, kind="release-call-back"):
    """Takes a promise back, with a reason. `seen` is its version on the form."""

    reason: ReleaseReason
    note: Sealed[Notes] | None = None
    seen: Count | None = None


def promise_key(number: int) -> str:
    """The part and the obligation of the n-th promise."""
    return f"call-back:{number}"


def promised(
    safe: SafeContact,
    urgency: CallUrgency,
    hotline: Hotline,
    surroundings: Surroundings,
    *,
    number: int,
    staff: StaffId | None,
    agreed: Hours | None,
) -> CallBackPromised | Refused:
    """The promise, or why there can be none: no call is allowed, or not on the day on which it would be made."""
    window = hotline.window(safe.window)
    if window is None:
        return not_listed("window", tuple(w.window for w in hotline.windows))
    rule, pathway, now = _rule(hotline, urgency), surroundings.pathway, surroundings.now
    hours = agreed or call_hours(rule.within, window, pathway, now=now)
    if not safe.allows(local_date(hours.due_at, pathway.zone)):
        return Refused(code=RefusalCode.CALL_BACK_NOT_PERMITTED)
    return CallBackPromised(
        number=number,
        role=hotline.call_backs.role,
        staff=staff,
        window=window.window,
        opens_at=hours.opens_at,
        deadline=call_deadline(hours, rule, pathway, now=now),
    )


def _rule(hotline: Hotline, urgency: CallUrgency) -> CallBackRule:
    return hotline.call_backs.urgent if urgency is CallUrgency.URGENT else hotline.call_backs.ordinary


gives_work(PromiseCallBack, lambda command: (command.staff,))


@CONTACTS.decides(PromiseCallBack, in_every_phase=True)
def _promise(contact: Contact, command: PromiseCallBack, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    if (promise := contact.promise) is not None:
        return Refused(code=RefusalCode.CALL_BACK_ALREADY_PROMISED, part=promise.key, part_version=promise.version)
    agreed = None
    if command.until_at is not None:
        agreed = Hours(max(command.from_at or surroundings.now, surroundings.now), command.until_at)
        if agreed.due_at <= agreed.opens_at:
            return Refused(code=RefusalCode.DATE_IN_THE_PAST)
    elif command.from_at is not None:
        return Refused(code=RefusalCode.DATE_REQUIRED)
    urgency = command.urgency or contact.sorting.urgency
    promise_made = promised(
        contact.safe,
        urgency,
        hotline,
        surroundings,
        number=contact.promises + 1,
        staff=command.staff,
        agreed=agreed,
    )
    return promise_made if isinstance(promise_made, Refused) else (promise_made,)


@CONTACTS.decides(RecordCallBack)
def _record(contact: Contact, command: RecordCallBack, surroundings: Surroundings) -> Decision:
    hotline, promise = hotline_of(surroundings), contact.promise
    if isinstance(hotline, Refused):
        return hotline
    refused = _stale(promise, command.seen)
    if promise is None or refused is not None:
        return refused or Refused(code=RefusalCode.NO_CALL_BACK_PROMISED)
    called_at = command.occurred_at or surroundings.now
    if called_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    called = CalledBack(
        number=contact.promises, outcome=command.outcome, note=command.note, occurred_at=command.occurred_at
    )
    if command.outcome is CallOutcome.NOT_PERMITTED:
        return (called,)
    if not contact.safe.allows(local_date(called_at, surroundings.pathway.zone)):
        return Refused(code=RefusalCode.CALL_BACK_NOT_PERMITTED, part=promise.key, part_version=promise.version)
    if command.outcome is CallOutcome.MADE:
        return (called,)
    return (_tried(called, contact, promise, hotline, surroundings),)


def _tried(
    called: CalledBack, contact: Contact, promise: Promise, hotline: Hotline, surroundings: Surroundings
) -> CalledBack:
    """A call that reached nobody, with the next hours; after so many of them it is somebody else's to decide."""
    rule, window = _rule(hotline, contact.sorting.urgency), hotline.window(promise.window) or hotline.windows[0]
    hours = call_hours(rule.retry, window, surroundings.pathway, now=surroundings.now)
    enough = promise.attempts + 1 >= hotline.call_backs.attempts
    return called.model_copy(
        update={
            "role": hotline.call_backs.then if enough else promise.role,
            "opens_at": hours.opens_at,
            "deadline": call_deadline(hours, rule, surroundings.pathway, now=surroundings.now),
        }
    )


@CONTACTS.decides(ReleaseCallBack)
def _release(contact: Contact, command: ReleaseCallBack, _: Surroundings) -> Decision:
    if refused := _stale(contact.promise, command.seen):
        return refused
    return (CallBackReleased(number=contact.promises, reason=command.reason, note=command.note),)


def _stale(promise: Promise | None, seen: int | None) -> Refused | None:
    if promise is None:
        return Refused(code=RefusalCode.NO_CALL_BACK_PROMISED)
    if seen is not None and seen != promise.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=promise.key, part_version=promise.version)
    return None


def _wind(contact: Contact, key: str, turn: Turn) -> Contact:
    promise = contact.promise
    if promise is None or promise.key != key:
        return contact
    return replace(contact, promise=replace(promise, clockwork=turn(promise.clockwork)))


def _again(_: Contact, __: Obligation, pathway: Pathway) -> timedelta:
    return timedelta(hours=pathway.hotline.call_backs.again_hours if pathway.hotline else 24)


@CONTACTS.owes(ObligationKind.CALL_BACK, winding=_wind, again=_again)
def _owed(contact: Contact) -> Iterator[Obligation]:
    if (promise := contact.promise) is not None:
        yield Obligation(
            promise.key,
            ObligationKind.CALL_BACK,
            promise.clockwork.deadline.due_at,
            Owner(promise.role, promise.staff),
            promise.clockwork,
            version=promise.version,
            what=promise.window,
            stall=stall_of(promise.clockwork, Mover.US, promise.version),
            opened_at=promise.promised_at,
        )


@CONTACTS.evolves(CallBackPromised)
def _promised(contact: Contact, recorded: Recorded[CallBackPromised]) -> Contact:
    event = recorded.event
    promise = Promise(
        key=promise_key(event.number),
        role=event.role,
        staff=event.staff,
        window=event.window,
        opens_at=event.opens_at,
        promised_at=recorded.recorded_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
    )
    return replace(contact, promise=promise, promises=event.number)


@CONTACTS.evolves(CalledBack)
def _called(contact: Contact, recorded: Recorded[CalledBack]) -> Contact:
    event, promise = recorded.event, contact.promise
    if event.outcome is CallOutcome.MADE:
        return replace(contact, promise=None, kept=contact.kept + 1)
    if event.outcome is CallOutcome.NOT_PERMITTED:
        return replace(contact, promise=None, safe=contact.safe.model_copy(update={"may_call": MayCall.REFUSED}))
    assert promise is not None
    assert event.deadline is not None
    again = replace(
        promise,
        role=event.role or promise.role,
        staff=promise.staff if event.role in (None, promise.role) else None,
        opens_at=event.opens_at or promise.opens_at,
        version=recorded.version,
        clockwork=promise.clockwork.moved(event.deadline),
        attempts=promise.attempts + 1,
    )
    return replace(contact, promise=again)


@CONTACTS.evolves(CallBackReleased)
def _released(contact: Contact, _: Recorded[CallBackReleased]) -> Contact:
    return replace(contact, promise=None)
