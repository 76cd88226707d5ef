"""The office behind the pages (`staff.office`): the directory of providers, the people, and what keeps it all up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Lock
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.codes import StreamName
from domain.errors import EventUnreadable, KeyDestroyed, SealBroken
from domain.event import Event, Recorded
from domain.provider.kind import PROVIDER
from domain.provider.state import provider_stream
from domain.sealed import Compartment
from domain.stream.naming import stream_code
from domain.streams import id_of
from eventlog.heads import cover
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.reader import Reader
from staff.office import (
    FeedToken,
    Office,
    PeopleFault,
    PeopleRefused,
    PersonChanged,
    PersonUnknown,
    ProviderEntry,
    RelayLag,
    Signed,
)
from vault.errors import StaffConflict, StaffKnown, UnknownStaff
from vault.feeds import CalendarFeeds, Feed
from vault.preferences import Preferences
from vault.staff import StaffDirectory, StaffMember
from vault.staff_changes import StaffChange, StaffChanges
from vault.staff_register import Account, StaffRegister, account_of
from worker.parts import Parts
from worker.providers import text_of
from worker.settings import Settings
from workflows.messages import OF_STREAMS

_log = structlog.get_logger("putokaz.office")
_PAGE = 20_000
"""Positions of the log that are looked through at once for new providers."""
_TEMPORAL_PATIENCE = timedelta(seconds=2)


class ProviderDirectory:
    """Follows the log for entries of the directory; one for each process. Only what is new is looked through."""

    def __init__(self, log: EventLog, sealer: Sealer) -> None:
        self._log = log
        self._sealer = sealer
        self._lock = Lock()
        self._position = 0
        self._streams: dict[str, None] = {}

    def listed(self) -> Sequence[ProviderEntry]:
        """As `Providers.listed` says; an entry that this release cannot read is left out, and said in our log."""
        return [entry for stream in self._known() if (entry := self._entry(stream)) is not None]

    def find(self, provider: UUID) -> ProviderEntry | None:
        """As `Providers.find` says."""
        return self._entry(provider_stream(provider))

    def _known(self) -> list[str]:
        prefix = f"{StreamName.PROVIDER.value}-"
        with self._lock:
            while (page := self._log.changed_streams(self._position, _PAGE)).position > self._position:
                self._streams |= dict.fromkeys(stream for stream in page.heads if stream.startswith(prefix))
                self._position = page.position
            return list(self._streams)

    def _entry(self, stream: str) -> ProviderEntry | None:
        try:
            history = tuple(self._log.load(stream).history)
        except EventUnreadable:
            _log.error("an entry of the directory cannot be read", stream=stream)
            return None
        state = PROVIDER.fold(history)
        if state is None:
            return None
        return ProviderEntry(
            id=id_of(stream),
            code=stream_code(StreamName.PROVIDER, id_of(stream)),
            state=state,
            identity=self._text(stream, history, "identity", Compartment.IDENTITY),
            capacity=self._text(stream, history, "capacity", Compartment.NOTES),
            history=history,
        )

    def _text(self, stream: str, history: Sequence[Recorded[Event]], field: str, place: Compartment) -> str | None:
        try:
            return text_of(self._sealer, stream, history, field, place)
        except SealBroken as broken:
            if not isinstance(broken, KeyDestroyed):
                _log.error("a text of the directory does not open", stream=stream, field=field)
            return None


class StaffPeople:
    """People, calendars and their log, as `staff.office.People` says."""

    def __init__(
        self,
        directory: StaffDirectory,
        register: StaffRegister,
        changes: StaffChanges,
        feeds: CalendarFeeds,
        address: str,
    ) -> None:
        self._directory = directory
        self._register = register
        self._changes = changes
        self._feeds = feeds
        self._address = address

    def listed(self) -> Sequence[StaffMember]:
        """Everybody, by name."""
        return sorted(self._directory.all(), key=lambda member: member.name)

    def find(self, staff: UUID) -> StaffMember | None:
        """One of them."""
        return self._directory.get(staff)

    def add(self, staff: UUID, account: Account, *, actor: UUID, command_id: UUID) -> bool:
        """As `People.add` says."""
        member = StaffMember(staff, account.name, account.email, account.roles, account.locale)
        known = self._directory.get(staff)
        if known is None:
            self._check_address(staff, account)
        try:
            return self._register.add(member, actor=actor, command_id=command_id)
        except StaffKnown:
            raise PeopleRefused(PeopleFault.EXISTS) from None

    def change(self, staff: UUID, account: Account, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """As `People.change` says."""
        known = self._directory.get(staff)
        if known is None:
            raise PersonUnknown(str(staff))
        if staff == actor and account.roles != account_of(known).roles:
            raise PeopleRefused(PeopleFault.OWN_ROLES)
        self._check_address(staff, account)
        try:
            return self._register.change(staff, account, seen=seen, actor=actor, command_id=command_id)
        except StaffConflict as conflict:
            raise PersonChanged(conflict.stored) from None

    def settle(self, staff: UUID, preferences: Preferences, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """As `People.settle` says."""
        try:
            return self._register.settle(staff, preferences, seen=seen, actor=actor, command_id=command_id)
        except UnknownStaff:
            raise PersonUnknown(str(staff)) from None
        except StaffConflict as conflict:
            raise PersonChanged(conflict.stored) from None

    def changes(self, staff: UUID | None = None, most: int = 50) -> Sequence[StaffChange]:
        """Who changed what, the newest first."""
        return self._changes.of(staff, most)

    def changes_are_whole(self) -> bool:
        """Reads the whole log of changes: some thousand lines in the life of an office."""
        return not self._changes.verify().findings

    def feeds(self, staff: UUID | None = None) -> Sequence[Feed]:
        """Every calendar that there is or was."""
        return self._feeds.of(staff)

    def make_feed(self, staff: UUID, lasts: timedelta, *, actor: UUID, command_id: UUID) -> FeedToken | None:
        """As `People.make_feed` says."""
        try:
            made = self._register.make_feed(staff, lasts=lasts, actor=actor, command_id=command_id)
        except UnknownStaff:
            raise PersonUnknown(str(staff)) from None
        return FeedToken(made.feed, f"{self._address}/calendar/{made.token}.ics") if made is not None else None

    def revoke_feed(self, staff: UUID, feed: UUID, *, actor: UUID, command_id: UUID) -> bool:
        """As `People.revoke_feed` says."""
        return self._register.revoke_feed(staff, feed, actor=actor, command_id=command_id)

    def _check_address(self, staff: UUID, account: Account) -> None:
        """Addresses are sealed, so no index holds them apart; two forms in the same instant can still do it."""
        address = account.email.casefold()
        if any(m.id != staff and m.email.casefold() == address for m in self._directory.all()):
            raise PeopleRefused(PeopleFault.EMAIL_TAKEN)


class ProcessUpkeep:
    """What the web process can see of the others."""

    def __init__(self, settings: Settings, reader: Reader, client: Client) -> None:
        self._settings = settings
        self._reader = reader
        self._client = client

    async def temporal(self) -> int | None:
        """As `Upkeep.temporal` says."""
        running = f'{OF_STREAMS} AND ExecutionStatus = "Running"'
        try:
            return (await self._client.count_workflows(running, rpc_timeout=_TEMPORAL_PATIENCE)).count
        except (RPCError, RuntimeError, OSError):
            return None

    def relay(self) -> RelayLag:
        """As `Upkeep.relay` says."""
        ((behind, still),) = self._reader.rows("worker", "relay_lag")
        return RelayLag(behind, still)

    def signed(self) -> Signed | None:
        """As `Upkeep.signed` says."""
        if self._settings.heads_file is None or self._settings.heads_key_file is None:
            return None
        found = cover(self._settings.reader, self._settings.heads_file)
        return Signed(found.holds, found.beyond, found.seconds)

    def sends_mail(self) -> bool:
        """As `Upkeep.sends_mail` says."""
        return self._settings.smtp_host is not None


@contextmanager
def people_at(vault: str, parts: Parts, feeds: CalendarFeeds, address: str) -> Iterator[StaffPeople]:
    """The people on this vault."""
    with (
        closing(StaffRegister(vault, parts.keys)) as register,
        closing(StaffChanges(vault, parts.keys)) as changes,
    ):
        yield StaffPeople(parts.directory, register, changes, feeds, address)


@contextmanager
def office(settings: Settings, parts: Parts, feeds: CalendarFeeds, reader: Reader, client: Client) -> Iterator[Office]:
    """For one web process."""
    with people_at(settings.vault, parts, feeds, settings.address) as people:
        yield Office(ProviderDirectory(parts.log, parts.sealer), people, ProcessUpkeep(settings, reader, client))
