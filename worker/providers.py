"""What the directory of providers says in plain text: it stands sealed in the log, and is opened for display only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import structlog

from domain.errors import KeyDestroyed, SealBroken
from domain.event import Event, Recorded
from domain.provider.listing import ProviderChanged, ProviderListed
from domain.provider.state import provider_stream
from domain.sealed import Compartment
from eventlog.log import EventLog
from eventlog.sealing import Sealer

_log = structlog.get_logger("putokaz.providers")
_LONGEST = 80
_ENDS = ("\n", ",", ";")


def text_of(sealer: Sealer, stream: str, history: Sequence[Recorded[Event]], field: str, place: Compartment) -> str:
    """The latest text of a field of a provider, empty where there is none.

    Raises `SealBroken`, `KeyDestroyed`, `VaultUnavailable`.
    """
    for recorded in reversed(history):
        sealed = (
            getattr(recorded.event, field) if isinstance(recorded.event, ProviderListed | ProviderChanged) else None
        )
        if sealed is not None:
            return sealer.unseal(sealed, stream=stream, compartment=place, field=field, command_id=recorded.command_id)
    return ""


def name_in(identity: str) -> str | None:
    """The name of an entry that holds name, address and telephone: what stands before the first comma or line end."""
    name = identity.strip()
    for end in _ENDS:
        name = name.partition(end)[0].strip()
    return name[:_LONGEST] or None


def provider_name(log: EventLog, sealer: Sealer, provider: UUID) -> str | None:
    """The name of a provider; None where the directory does not know it, or where its name was erased.

    Raises `Unavailable`, `VaultUnavailable`.
    """
    stream = provider_stream(provider)
    try:
        return name_in(text_of(sealer, stream, log.load(stream).history, "identity", Compartment.IDENTITY))
    except SealBroken as broken:
        if not isinstance(broken, KeyDestroyed):
            _log.error("a provider's name does not open", provider=str(provider))
        return None
