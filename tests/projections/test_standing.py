"""Where a person stands, in the file and on the timeline, after what the real deciders recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.commands import ApplyForExtension, CorrectResidence, GrantResidence
from domain.journey.screening.saving import SaveScreening
from domain.journey.status.events import CorrectFormalStatus, RecordFormalStatus
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from projections.journey_file.queries import file, timeline
from projections.journey_file.standing import AnswerRow, DecisionRow, FormalStatusRow
from tests.projections.conftest import CASEWORKER, Office

TODAY = date(2026, 3, 2)


def test_the_file_shows_where_a_person_stands(office: Office) -> None:
    """Every decision, every screening, every permit; newest first where there are several."""
    office.log.set_clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    journey = office.open()
    for status in (FormalStatus.REPORTED, FormalStatus.PRESUMED):
        office.give(journey, RecordFormalStatus(status=status, decider="office", decided_on=TODAY))
    answers = (Answer(question="alone", answer="no"), Answer(question="company", answer="other"))
    office.give(journey, SaveScreening(form="talk", answers=answers))
    office.give(journey, GrantResidence(permit_kind="short", ground="rest", valid_from=TODAY))
    office.give(journey, GrantResidence(permit_kind="long", ground="opinion", valid_from=TODAY))
    office.give(journey, ApplyForExtension(applied_on=TODAY))
    office.project()
    found = file(office.reader, journey)
    assert found is not None
    first, second = (d.version for d in office.journey(journey).formal_status.decisions)
    assert found.document.formal_status == FormalStatusRow(
        version=second,
        current=FormalStatus.PRESUMED,
        reports=1,
        decisions=(
            DecisionRow(first, FormalStatus.REPORTED, "office", TODAY, TODAY),
            DecisionRow(second, FormalStatus.PRESUMED, "office", TODAY, TODAY),
        ),
    )
    (screening,) = found.document.screenings
    assert (screening.form, screening.pathway_version, screening.unanswered) == ("talk", 1, 1)
    assert screening.answers == (AnswerRow("alone", "no"), AnswerRow("company", "other"))
    long, short = found.document.permits
    assert (long.part, long.status, long.applied_on) == ("residence:2", PermitStatus.VALID, TODAY)
    assert (long.article, long.valid_until, long.owner_staff) == ("ZS 63", date(2027, 3, 1), CASEWORKER)
    assert (short.part, short.status) == ("residence:1", PermitStatus.FOLLOWED)


def test_the_timeline_marks_what_was_corrected(office: Office) -> None:
    """Of every part, by the event that says so."""
    office.log.set_clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    journey = office.open()
    office.give(journey, RecordFormalStatus(status=FormalStatus.PRESUMED, decider="office", decided_on=TODAY))
    decided = office.journey(journey).version
    office.give(journey, CorrectFormalStatus(corrects=decided, status=FormalStatus.REJECTED))
    office.give(journey, GrantResidence(permit_kind="short", ground="rest", valid_from=TODAY))
    granted = office.journey(journey).version
    office.give(journey, CorrectResidence(corrects=granted))
    office.give(journey, SaveScreening(form="talk", answers=(Answer(question="alone", answer="no"),)))
    saved = office.journey(journey).version
    right = (Answer(question="alone", answer="yes"),)
    office.give(journey, SaveScreening(form="talk", answers=right, corrects=saved))
    office.project()
    rows = {row.version: row.corrected_by for row in timeline(office.reader, journey).rows}
    assert {v: by for v, by in rows.items() if by} == {
        decided: decided + 1,
        granted: granted + 1,
        saved: saved + 1,
    }
