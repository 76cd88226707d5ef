"""Our events under the library's protocols: what its `EventStore`, repository and subscriptions need to use our log."""

from __future__ import annotations

from dataclasses import dataclass

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent

from domain.errors import DefinitionError
from domain.event import Event
from eventlog.bodies import decode, encode


@dataclass(frozen=True)
class LibraryEvent:
    """An event as the library wants to see it: with its stream and version on it."""

    originator_id: str
    originator_version: int
    event: Event


class LogMapper(Mapper[str]):
    """For `MAPPER_TOPIC`: lets the library's `EventStore`, repository and subscriptions read and write our log."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Takes a `LibraryEvent`; raises `DefinitionError` for anything else."""
        if not isinstance(domain_event, LibraryEvent):
            raise DefinitionError(f"the log takes LibraryEvent, not {type(domain_event).__name__}")
        topic, state = encode(domain_event.event)
        return StoredEvent(domain_event.originator_id, domain_event.originator_version, topic, state)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        """A `LibraryEvent`. Raises `EventUnreadable`."""
        event = decode(stored_event.topic, stored_event.state)
        return LibraryEvent(str(stored_event.originator_id), stored_event.originator_version, event)
