"""A journey outlives the shape of its events: one stream holds old and new versions, and everything goes on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.codes import ConsentGiver, ConsentPurpose
from domain.event import UPCASTERS
from domain.journey.consent import ConsentGiven, GiveConsent, WithdrawConsent
from domain.journey.standing import ConsentKey
from domain.journey.state import journey_stream
from eventlog import bodies
from projections.comparing import compare
from tests.fix_eventlog import administrator, as_role
from tests.projections.conftest import Office


def released(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release in which a consent's body means something else, with the upcaster that every such release brings."""

    def older(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "giver": ConsentGiver.GUARDIAN.value}

    monkeypatch.setattr(ConsentGiven, "schema_version", 2)
    monkeypatch.setitem(UPCASTERS, (ConsentGiven.topic, 1), older)
    monkeypatch.setattr(bodies, "_columns", {})
    monkeypatch.setattr(bodies, "_readers", {})


def test_a_stream_of_two_versions_is_folded_decided_on_and_projected(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old event is read as the new release understands it, the new one as it is written; the tables agree."""
    journey = office.open()
    office.give(journey, GiveConsent(purpose=ConsentPurpose.STATISTICS))
    office.project()
    with monkeypatch.context() as patched:
        released(patched)
        office.give(journey, GiveConsent(purpose=ConsentPurpose.REFERRAL))
        state = office.journey(journey)
        givers = {key.purpose: consent.giver for key, consent in state.consents.items()}
        assert givers == {
            ConsentPurpose.STATISTICS: ConsentGiver.GUARDIAN,
            ConsentPurpose.REFERRAL: ConsentGiver.CLIENT,
        }
        office.give(journey, WithdrawConsent(purpose=ConsentPurpose.STATISTICS))
        assert office.journey(journey).consents[ConsentKey(ConsentPurpose.STATISTICS)].withdrawn_at is not None
        office.project()
        assert all(table.is_equal for table in compare(as_role(office.dsn, "putokaz_reader")))
    with administrator(office.dsn) as connection:
        topics = connection.execute(
            "SELECT topic FROM eventlog.stored_events WHERE originator_id = %s AND topic LIKE %s ORDER BY 1",
            (journey_stream(journey), f"{ConsentGiven.topic}@%"),
        ).fetchall()
    assert [topic for (topic,) in topics] == ["journey.consent-given@1", "journey.consent-given@2"]
