"""The directory of providers that the invented people are referred to. Every name is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Protocol
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.command import Command
from domain.provider.codes import InactiveReason, ProviderKind
from domain.provider.listing import ChangeProvider, DeactivateProvider, ListProvider, ReactivateProvider
from domain.provider.state import provider_stream
from worker.demo.days import Days
from worker.demo.staff import VERA
from worker.demo.tale import NAMESPACE, Story
from worker.demo.told import Told
from worker.demo.writing import UNSEALED


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


CLINIC, POLYCLINIC, THERAPIST = _id("a clinic"), _id("a polyclinic"), _id("a therapist")
RECEIVER, PARTNER = _id("a shelter abroad"), _id("an organisation abroad")
SHELTER, CONSULATE = _id("a shelter here"), _id("a consulate")
VAN = _id("van")
"""The vehicle of the house."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the directory, with the name that is sealed."""

    id: UUID
    kind: ProviderKind
    country: str
    name: str
    languages: tuple[str, ...] = ("sr",)
    services: tuple[str, ...] = ()


DIRECTORY: Sequence[Entry] = (
    Entry(CLINIC, ProviderKind.HOSPITAL, "RS", "Klinika Izmišljena", services=("general-examination",)),
    Entry(POLYCLINIC, ProviderKind.POLYCLINIC, "RS", "Poliklinika Primer", services=("specialist-examination",)),
    Entry(THERAPIST, ProviderKind.THERAPIST, "RS", "Саветовалиште Пример", services=("psychotherapy",)),
    Entry(RECEIVER, ProviderKind.SHELTER, "MD", "Casa Exemplu", ("ro", "ru")),
    Entry(PARTNER, ProviderKind.NON_GOVERNMENTAL, "MD", "Asociația Exemplu", ("ro", "ru", "en")),
    Entry(SHELTER, ProviderKind.SHELTER, "RS", "Kuća Primer", services=("longer-term-housing",)),
    Entry(CONSULATE, ProviderKind.CONSULATE, "RS", "Konzulat, za primer", ("ro", "sr")),
    Entry(VAN, ProviderKind.TRANSPORT, "RS", "BG 000-PR"),
)


class Writing(Protocol):
    """Where commands go."""

    def tell(
        self, tale: ProviderTale, command: Command, actor: UUID, note: str | None, field: str = "note"
    ) -> None: ...


@dataclass
class ProviderTale(Told):
    """One entry while it is being told."""

    entry: Entry
    pinned: Pinned
    days: Days
    writing: Writing

    def __post_init__(self) -> None:
        self.name, self.id = self.entry.name, self.entry.id
        self.stream = provider_stream(self.id)
        self.now = self.days.now

    def tell(self, command: Command, note: str | None = None, field: str = "note") -> None:
        """Gives a command as the supervisor, who keeps the directory."""
        self.writing.tell(self, command, VERA.id, note, field)


def listed(tale: ProviderTale) -> Story:
    """Taken in before the first client needs it. One was full for a summer, one speaks another language now."""
    entry, days = tale.entry, tale.days
    yield days.at(days.near(-540), time(9, 30))
    tale.tell(
        ListProvider(
            pin=tale.pinned.pin,
            provider_kind=entry.kind,
            country=entry.country,
            languages=entry.languages,
            services=entry.services,
            identity=UNSEALED,
        ),
        entry.name,
        "identity",
    )
    if entry.id == THERAPIST:
        yield days.at(days.near(-420), time(11))
        tale.tell(DeactivateProvider(reason=InactiveReason.NO_CAPACITY))
        yield days.at(days.near(-330), time(11))
        tale.tell(ReactivateProvider())
    if entry.id == PARTNER:
        yield days.at(days.near(-290), time(14))
        tale.tell(ChangeProvider(languages=(*entry.languages, "uk")))
