"""People and vehicles are promised once: two claims on one resource never overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.errors import ResourceBusy
from eventlog.decision import Claim, Decision
from eventlog.log import EventLog
from tests.fix_eventlog import ACTOR, Pinged

VAN = UUID("11111111-1111-4111-8111-111111111111")
EIGHT = datetime(2026, 12, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def claiming(stream: str, version: int, since: datetime, until: datetime, *released: UUID) -> Decision:
    """A decision of one event that takes the van."""
    claim = Claim(uuid4(), VAN, since, until)
    return Decision(stream, version, uuid4(), ACTOR, (Pinged(),), claims=(claim,), released=released)


def test_a_promised_van_is_busy(event_log: EventLog) -> None:
    """The loser is recorded nowhere: neither event, nor claim, nor outcome."""
    event_log.append(claiming("mission-1", 0, EIGHT, EIGHT + 3 * HOUR))
    late = claiming("mission-2", 0, EIGHT + 2 * HOUR, EIGHT + 5 * HOUR)
    with pytest.raises(ResourceBusy, match=str(VAN)):
        event_log.append(late)
    assert event_log.head() == 1
    assert event_log.outcome("mission-2", late.command_id) is None


def test_one_mission_may_begin_when_the_other_ends(event_log: EventLog) -> None:
    """The end of a claim is not part of it."""
    event_log.append(claiming("mission-1", 0, EIGHT, EIGHT + HOUR))
    assert event_log.append(claiming("mission-2", 0, EIGHT + HOUR, EIGHT + 2 * HOUR)).position == 2


def test_a_released_claim_is_free_for_others(event_log: EventLog) -> None:
    """A mission that ends early gives the van back."""
    first = claiming("mission-1", 0, EIGHT, EIGHT + 3 * HOUR)
    event_log.append(first)
    done = Decision("mission-1", 1, uuid4(), ACTOR, (Pinged(),), released=(first.claims[0].claim_id,))
    event_log.append(done)
    assert event_log.append(claiming("mission-2", 0, EIGHT, EIGHT + HOUR)).position == 3


def test_a_claim_may_be_moved_over_itself(event_log: EventLog) -> None:
    """The old one ends before the new one is tried."""
    first = claiming("mission-1", 0, EIGHT, EIGHT + 3 * HOUR)
    event_log.append(first)
    moved = claiming("mission-1", 1, EIGHT + HOUR, EIGHT + 4 * HOUR, first.claims[0].claim_id)
    assert event_log.append(moved).position == 2


def test_a_claim_that_could_not_be_moved_stays(event_log: EventLog) -> None:
    """Busy rolls the release back as well: the van must not be left unpromised."""
    first = claiming("mission-1", 0, EIGHT, EIGHT + HOUR)
    event_log.append(first)
    event_log.append(claiming("mission-2", 0, EIGHT + 2 * HOUR, EIGHT + 3 * HOUR))
    with pytest.raises(ResourceBusy):
        event_log.append(claiming("mission-1", 1, EIGHT + 2 * HOUR, EIGHT + 3 * HOUR, first.claims[0].claim_id))
    with pytest.raises(ResourceBusy):
        event_log.append(claiming("mission-3", 0, EIGHT, EIGHT + HOUR))


def test_nobody_releases_a_claim_of_another_stream(event_log: EventLog) -> None:
    """A mission that names another's claim by mistake frees nothing."""
    first = claiming("mission-1", 0, EIGHT, EIGHT + HOUR)
    event_log.append(first)
    with pytest.raises(ResourceBusy):
        event_log.append(claiming("mission-2", 0, EIGHT, EIGHT + HOUR, first.claims[0].claim_id))
