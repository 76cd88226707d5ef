"""Everything that can be recorded is to be seen in the demonstration: each event class occurs in its caseload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from eventlog.log import EventLog
from tests.corpus.files import event_classes
from tests.demo.test_seeding import rows
from tests.fix_services import DatabaseFactory

NOT_TOLD: Mapping[str, str] = {
    "journey.deadlines-recomputed": "follows from another legal calendar than the one it was counted by: two releases",
    **dict.fromkeys(
        (f"journey.{part}document-{what}" for part in ("", "legal-", "health-") for what in ("filed", "withdrawn")),
        "names content in the vault, sealed by chance: a plan that is the same everywhere cannot foretell its hash",
    ),
    "message.dropped": "a letter that a fault held up until its date was void: in the demonstration the mail goes out",
}
"""What the caseload does not have, each with the reason why no story can tell it."""


@pytest.fixture(scope="module")
def told(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Counter[str]:
    """How often each event occurs, by its topic."""
    dsn = database_factory.copy(furnished[0])
    with EventLog(dsn, size=1) as log:
        found = Counter(row.event.topic for row in rows(log))
    database_factory.drop(dsn)
    return found


def test_every_event_of_the_registry_occurs_in_the_caseload(told: Counter[str]) -> None:
    """Of every stream. A class that is new is to be told too, in a story of `worker/demo`; or stands above."""
    registered = {cls.topic for cls in event_classes()}
    assert sorted(registered - set(told) - set(NOT_TOLD)) == []


def test_what_is_excepted_exists_and_does_not_occur(told: Counter[str]) -> None:
    """An exception that is none any more goes."""
    assert set(NOT_TOLD) <= {cls.topic for cls in event_classes()}
    assert sorted(set(NOT_TOLD) & set(told)) == []
