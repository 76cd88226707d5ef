"""The directory: listed, changed, taken out, taken up again; it owes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain.codes import StreamName
from domain.command import Command, from_wire, to_wire
from domain.event import Event, Recorded
from domain.provider.codes import InactiveReason, ProviderKind, ProviderStatus
from domain.provider.kind import PROVIDER
from domain.provider.listing import (
    ChangeProvider,
    DeactivateProvider,
    ListProvider,
    ProviderChanged,
    ProviderDeactivated,
    ProviderListed,
    ProviderReactivated,
    ReactivateProvider,
)
from domain.provider.state import Provider, provider_stream
from domain.refusal import RefusalCode, Refused
from domain.sealed import Identity, Notes, Sealed
from domain.stream.deciding import Decision
from domain.stream.firing import FireRung
from domain.stream.naming import code_prefix_of, stream_code
from domain.streams import kind_of
from tests.domain.given import MILA, MONDAY
from tests.pathway_examples import small_pathway, small_pin

ID = UUID("9a1c0000-0000-4000-8000-000000000001")
NAME: Sealed[Identity] = Sealed.from_bytes(bytes(range(64)))
ROOM: Sealed[Notes] = Sealed.from_bytes(bytes(range(1, 65)))
LIST = ListProvider(
    pin=small_pin(),
    provider_kind=ProviderKind.POLYCLINIC,
    country="RS",
    languages=("sr", "sq"),
    services=("exam",),
    identity=NAME,
    capacity=ROOM,
)


@dataclass(frozen=True)
class Entry:
    """A provider's stream up to now."""

    history: tuple[Recorded[Event], ...] = ()
    now: datetime = MONDAY

    @property
    def state(self) -> Provider | None:
        """What it adds up to."""
        return PROVIDER.fold(self.history)

    def decide(self, command: Command) -> Decision:
        """What is decided now."""
        assert from_wire(to_wire(command)) == command
        return PROVIDER.decide(self.state, command, small_pathway(), self.now, stream=provider_stream(ID))

    def having(self, *commands: Command) -> Entry:
        """With more commands taken."""
        entry = self
        for command in commands:
            decision = entry.decide(command)
            assert not isinstance(decision, Refused), decision
            for event in decision:
                n = len(entry.history) + 1
                envelope = Recorded(provider_stream(ID), n, n, event, entry.now, MILA, uuid5(ID, str(n)))
                entry = replace(entry, history=(*entry.history, envelope))
        return entry


def refused(decision: Decision) -> RefusalCode:
    """The code of a refusal."""
    assert isinstance(decision, Refused), decision
    return decision.code


def test_a_provider_is_listed() -> None:
    """Kind, country, languages and services are codes; who it is is sealed."""
    entry = Entry().having(LIST)
    assert entry.history[0].event == ProviderListed(**LIST.model_dump())
    provider = entry.state
    assert provider is not None
    assert (provider.country, provider.languages, provider.services) == ("RS", ("sr", "sq"), ("exam",))
    assert (provider.identity, provider.capacity, provider.status) == (NAME, ROOM, ProviderStatus.ACTIVE)
    assert PROVIDER.pin_of(None, LIST) == PROVIDER.pin_of(provider, LIST) == small_pin()
    assert refused(entry.decide(LIST)) is RefusalCode.ALREADY_OPENED


def test_an_entry_is_changed_in_what_is_named() -> None:
    """What is left out stays; what is the same changes nothing; an old form is a conflict."""
    entry = Entry().having(LIST)
    changed = entry.decide(ChangeProvider(languages=("sr",), seen=1))
    assert changed == (ProviderChanged(languages=("sr",)),)
    after = entry.having(ChangeProvider(languages=("sr",))).state
    assert after is not None
    assert (after.languages, after.services, after.version) == (("sr",), ("exam",), 2)
    assert entry.decide(ChangeProvider(country="RS")) == ()
    assert refused(entry.having(ChangeProvider(country="ME")).decide(ChangeProvider(seen=1))) is (
        RefusalCode.PART_CHANGED
    )


def test_only_services_of_the_catalogue_are_offered() -> None:
    """In the beginning and later."""
    unknown = LIST.model_copy(update={"services": ("massage",)})
    assert refused(Entry().decide(unknown)) is RefusalCode.UNKNOWN_SERVICE
    assert refused(Entry().having(LIST).decide(ChangeProvider(services=("testing",)))) is RefusalCode.UNKNOWN_SERVICE
    plain = small_pathway().model_copy(update={"services": None})
    assert refused(PROVIDER.decide(None, LIST, plain, MONDAY, stream=provider_stream(ID))) is RefusalCode.NO_SERVICES
    bare = LIST.model_copy(update={"services": ()})
    assert not isinstance(PROVIDER.decide(None, bare, plain, MONDAY, stream=provider_stream(ID)), Refused)


def test_it_is_taken_out_and_taken_up_again() -> None:
    """With a reason; what was recorded stays."""
    entry = Entry().having(LIST)
    assert entry.decide(ReactivateProvider()) == ()
    out = entry.having(DeactivateProvider(reason=InactiveReason.NO_CAPACITY))
    assert out.history[-1].event == ProviderDeactivated(reason=InactiveReason.NO_CAPACITY)
    assert out.state is not None
    assert out.state.status is ProviderStatus.INACTIVE
    assert out.decide(DeactivateProvider(reason=InactiveReason.NO_CAPACITY)) == ()
    again = out.having(ReactivateProvider())
    assert again.history[-1].event == ProviderReactivated()
    assert again.state is not None
    assert (again.state.status, again.state.inactive) == (ProviderStatus.ACTIVE, None)


def test_it_owes_nothing_and_has_a_code() -> None:
    """No timer, no letter; people call it by a code of its own mark."""
    entry = Entry().having(LIST)
    assert entry.state is not None
    assert not entry.state.is_open
    assert (PROVIDER.obligations(entry.state), PROVIDER.is_wanted(entry.state, "review", 1)) == ([], False)
    assert kind_of(provider_stream(ID)) is PROVIDER
    code = stream_code(StreamName.PROVIDER, ID)
    assert code.startswith("PV-")
    assert code_prefix_of(StreamName.PROVIDER, code.lower()) == code


def test_an_unknown_provider_and_an_unknown_command() -> None:
    """Both are said as such."""
    refused = Entry().decide(ReactivateProvider())
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.UNKNOWN_PROVIDER
    fire = FireRung(obligation="review", rung="due", date_version=1)
    refused = Entry().having(LIST).decide(fire)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.UNKNOWN_COMMAND


def test_every_event_of_a_provider_is_folded() -> None:
    """And every command is decided."""
    from domain.command import COMMAND_TYPES
    from domain.event import EVENT_TYPES

    assert {cls for t, cls in EVENT_TYPES.items() if t.startswith("provider.")} == PROVIDER.folding.events
    ours = {c for c in COMMAND_TYPES.values() if c.__module__.startswith("domain.provider")}
    assert ours == {*PROVIDER.deciders.of, *PROVIDER.deciders.openers}
