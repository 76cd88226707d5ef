"""The state of a provider's stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.codes import StreamName
from domain.pathway.model import Pin
from domain.provider.codes import InactiveReason, ProviderKind, ProviderStatus
from domain.sealed import Identity, Notes, Sealed
from domain.stream.dispatching import Dispatch


@dataclass(frozen=True)
class Provider:
    """`identity` and `capacity` are sealed: name, address and phone; how much they can take."""

    stream: str
    version: int
    pin: Pin
    listed_at: datetime
    changed_at: datetime
    kind: ProviderKind
    country: str
    languages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    status: ProviderStatus = ProviderStatus.ACTIVE
    inactive: InactiveReason | None = None
    identity: Sealed[Identity] | None = None
    capacity: Sealed[Notes] | None = None
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Never: an entry of a directory owes nothing. It may be changed all the same."""
        return False


def provider_stream(provider: UUID) -> str:
    """The stream of a provider."""
    return StreamName.PROVIDER.stream(provider)
