"""Random commands and timers: an open contact always has a live timer, and no call is owed that is not permitted."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import local_date
from domain.command import COMMAND_TYPES, Command, from_wire, to_wire
from domain.contact.attaching import AttachContact, BeginJourney, DetachContact
from domain.contact.calling import PromiseCallBack, RecordCallBack, ReleaseCallBack
from domain.contact.codes import CallOutcome, CallUrgency, DangerOutcome, MayCall, ReleaseReason
from domain.contact.contacts import CONTACTS
from domain.contact.danger import AcknowledgeDanger, RaiseDanger, SettleDanger
from domain.contact.kind import CONTACT
from domain.contact.logged import CorrectContact, LogContact, NoteContact
from domain.contact.reporting import ReportToAuthority
from domain.contact.safe import ReviseSafeContact
from domain.contact.state import Contact, SafeContact
from domain.refusal import Refused
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.firing import FireRung
from domain.stream.holding import TakeOver
from domain.stream.simple import has_live_timer
from tests.domain.contact.given import nothing_yet
from tests.domain.given import JOURNEY, MILA, NOTE, OTHER, VERA
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pin

STAFF = st.sampled_from([MILA, VERA])
NUMBERS = st.none() | st.integers(0, 3)
SAFE = st.builds(
    SafeContact,
    may_call=st.sampled_from(MayCall),
    window=st.sampled_from([None, "daytime", "mornings", "at-night"]),
    valid_until=st.none() | st.sampled_from([local_date(nothing_yet().now + timedelta(days=n), "UTC") for n in (0, 3)]),
)
LOGGING = st.builds(
    LogContact,
    pin=st.just(small_pin()),
    caller=st.sampled_from(["direct-help", "relative", "silent"]),
    urgency=st.sampled_from(CallUrgency),
    safe=SAFE,
    call_back=st.booleans(),
    danger=st.sampled_from([None, None, "threat"]),
)
COMMANDS: dict[type[Command], st.SearchStrategy[Command]] = {
    LogContact: LOGGING,
    CorrectContact: st.builds(CorrectContact, urgency=st.sampled_from(CallUrgency)),
    NoteContact: st.just(NoteContact(note=NOTE)),
    ReviseSafeContact: st.builds(ReviseSafeContact, safe=SAFE),
    PromiseCallBack: st.builds(PromiseCallBack, urgency=st.none() | st.sampled_from(CallUrgency)),
    RecordCallBack: st.builds(RecordCallBack, outcome=st.sampled_from(CallOutcome)),
    ReleaseCallBack: st.builds(ReleaseCallBack, reason=st.sampled_from(ReleaseReason)),
    RaiseDanger: st.just(RaiseDanger(sign="threat")),
    AcknowledgeDanger: st.builds(AcknowledgeDanger, by=STAFF, number=NUMBERS),
    SettleDanger: st.builds(SettleDanger, outcome=st.sampled_from(DangerOutcome), number=NUMBERS),
    ReportToAuthority: st.just(ReportToAuthority(duty="child")),
    AttachContact: st.builds(AttachContact, journey=st.sampled_from([JOURNEY, OTHER])),
    DetachContact: st.builds(DetachContact, journey=st.sampled_from([JOURNEY, OTHER])),
    BeginJourney: st.just(BeginJourney()),
    TakeOver: st.builds(
        TakeOver, part=st.sampled_from(["call-back:1", "call-back:2", "danger:1"]), leaver=STAFF, successor=STAFF
    ),
}
STEPS = st.one_of(st.just("timer"), st.just("answer"), st.integers(1, 200), st.one_of(*COMMANDS.values()))
"""The next timer, another stream's answer, so many hours, or a command."""


def test_every_command_of_a_contact_is_among_them() -> None:
    """Or the properties would hold for the old ones only. And each has a decider."""
    ours = {c for c in COMMAND_TYPES.values() if c.__module__.startswith("domain.contact")} | {TakeOver}
    assert ours == set(COMMANDS)
    assert ours == {*CONTACTS.deciders.of, *CONTACTS.deciders.openers} - {FireRung, AcknowledgeRelay}


@settings(max_examples=150, deadline=None)
@given(LOGGING, st.lists(STEPS, max_size=25))
def test_an_open_contact_always_has_a_live_timer(first: LogContact, steps: list[Command | int | str]) -> None:
    """And nobody is reminded of a call that the caller did not allow."""
    contact = _taken(nothing_yet(), first)
    if not contact.history:
        return
    for step in steps:
        contact = _stepped(contact, step)
        state = contact.state
        assert has_live_timer(CONTACT, state)
        assert state.promise is None or state.safe.may_call is MayCall.ALLOWED
        assert all(o.clockwork.deadline.rungs for o in contact.owed)
        assert not state.is_open or min(w.at for w in contact.wakes) <= contact.now + timedelta(days=8)
        assert contact.kind.fold(contact.history[-1:], contact.kind.fold(contact.history[:-1])) == state


def _stepped(contact: GivenOf[Contact], step: Command | int | str) -> GivenOf[Contact]:
    if isinstance(step, int):
        return contact.later(hours=step)
    if step == "timer":
        return contact.woken() if contact.wakes else contact
    if step == "answer":
        return _answered(contact)
    assert isinstance(step, Command)
    return _taken(contact.later(seconds=1), step)


def _taken(contact: GivenOf[Contact], command: Command) -> GivenOf[Contact]:
    assert from_wire(to_wire(command)) == command
    decision = contact.when(command).decision
    return contact if isinstance(decision, Refused) else contact.and_then(*decision)


def _answered(contact: GivenOf[Contact]) -> GivenOf[Contact]:
    dispatch: UUID | None = next(iter(contact.state.pending), None)
    return contact if dispatch is None else _taken(contact.later(seconds=1), AcknowledgeRelay(dispatch=dispatch))
