"""What the file shows of a hearing: the rows are read back as the page reads them."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from domain.journey.hearing.codes import ArrangementStatus, DateEnd, HearingOutcome, HearingReason, HearingStatus
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    HoldHearing,
    PlanHearing,
    PostponeHearing,
)
from projections.folded import Folded
from projections.journey_file.handler import document
from projections.journey_file.hearing_model import HearingRow
from projections.journey_file.model import Document
from tests.domain.given import JOURNEY, MILA, VERA, Given
from tests.domain.hearing.court import hearing, local, summoned

MAY, JULY = local(2026, 5, 13), local(2026, 7, 7)


def row(at: Given) -> HearingRow:
    """The hearing as it comes back from the document."""
    stored = json.dumps(document(Folded(JOURNEY, at.state, 1)), default=str)
    (found,) = TypeAdapter(Document).validate_json(stored).hearings
    return found


def test_a_hearing_is_shown_with_every_date_and_what_is_to_be_arranged() -> None:
    """Versions are those of the parts: a form sends them back."""
    confirmed = ArrangeHearing(hearing=1, arrangement="power-of-attorney", status=ArrangementStatus.CONFIRMED, by=MILA)
    at = summoned(MAY, "preparatory").having(
        AcknowledgeHearing(hearing=1), confirmed, PlanHearing(hearing=1, plan="from-abroad")
    )
    shown = row(at)
    assert (shown.part, shown.version, shown.status) == ("hearing:1", hearing(at).version, HearingStatus.SUMMONED)
    assert (shown.owner_staff, shown.due_at, shown.trap, shown.seen_by) == (VERA, MAY, "claim-withdrawn", MILA)
    assert [(a.arrangement, a.status, a.by) for a in shown.arrangements] == [
        ("power-of-attorney", ArrangementStatus.CONFIRMED, MILA)
    ]
    assert [t.task for t in shown.tasks if t.late] == ["consent", "papers"]
    moved = at.having(PostponeHearing(hearing=1, reason=HearingReason.EXPERT_ABSENT, starts_at=JULY))
    assert [(d.starts_at, d.ended, d.reason) for d in row(moved).dates] == [
        (MAY, DateEnd.POSTPONED, HearingReason.EXPERT_ABSENT),
        (JULY, None, None),
    ]
    assert row(moved).seen_at is None
    held = moved.at(JULY).having(HoldHearing(hearing=1, outcome=HearingOutcome.CONCLUDED))
    assert [(t.part, t.outcome) for t in row(held).debriefs] == [("hearing:1:debrief-1", None)]
    assert row(held).outcome is HearingOutcome.CONCLUDED
