"""The coded record: fields of the catalogue only, typed; its dates set terms running."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.codes import Mover
from domain.journey.service.codes import Move, ServiceStatus
from domain.journey.service.detailing import DetailService, ServiceDetailed, ServiceTermMet, ServiceTermSet
from domain.journey.service.record import Answered, At, Chosen, Counted, Detail, Named, On, Placed, Spoken
from domain.refusal import RefusalCode
from tests.domain.given import Given
from tests.domain.service.told import advance, needed, owed, stands, state

SOMEBODY = UUID("00000000-0000-4000-8000-00000000a003")


def filed(day: date = date(2026, 3, 2)) -> Given:
    """The request was filed."""
    return needed("papers").having(DetailService(service="papers", details=(On(field="filed-on", on=day),)))


@pytest.mark.parametrize(
    ("service", "detail"),
    [
        ("talk", Spoken(field="language", language="sr-Latn")),
        ("talk", Chosen(field="channel", choice="phone")),
        ("papers", Placed(field="country", country="RS")),
        ("papers", At(field="seen-at", at=datetime(2026, 3, 2, 9, tzinfo=UTC))),
        ("papers", Counted(field="pages", number=4)),
        ("papers", Answered(field="escort", yes=True)),
        ("papers", Named(field="office", id=SOMEBODY)),
        ("papers", Named(field="driver", id=SOMEBODY)),
    ],
)
def test_a_field_holds_a_value_of_its_type(service: str, detail: Detail) -> None:
    """And survives the way to the workflow."""
    command = DetailService(service=service, details=(detail,))
    assert DetailService.model_validate_json(command.model_dump_json()) == command
    after = needed(service).when(command).then(ServiceDetailed(service=service, occurrence=1, details=(detail,)))
    assert state(after, service).record == {detail.field: detail}
    after.when(command).then_nothing()


@pytest.mark.parametrize(
    "detail",
    [
        Spoken(field="nothing", language="sr"),
        On(field="filed-on", on=date(2026, 3, 2)),
        Chosen(field="language", choice="phone"),
        Chosen(field="channel", choice="pigeon"),
    ],
)
def test_what_the_service_does_not_hold_is_refused(detail: Detail) -> None:
    """An unknown field, a field of another service, a value of another type, a choice that is none."""
    needed("talk").when(DetailService(service="talk", details=(detail,))).then_refused(RefusalCode.FIELD_NOT_HELD)


def test_a_field_is_filled_in_anew() -> None:
    """The latest value stands; the log has both."""
    once = needed("talk").having(DetailService(service="talk", details=(Spoken(field="language", language="sr"),)))
    twice = once.having(DetailService(service="talk", details=(Spoken(field="language", language="sq"),)))
    assert state(twice, "talk").record["language"] == Spoken(field="language", language="sq")
    version = state(once, "talk").version
    command = DetailService(service="talk", details=(Spoken(field="language", language="uk"),), seen=version)
    twice.when(command).then_refused(RefusalCode.PART_CHANGED)


def test_filing_sets_the_term_of_the_reply() -> None:
    """Thirty days from the day, which does not count; it waits on the office."""
    due = owed(filed(), "term:papers:1:reply")
    assert due is not None
    assert (due.clockwork.deadline.due_on, due.waits_on, due.what) == (date(2026, 4, 1), Mover.PARTNER, "papers")
    assert next(r.rung for r in due.ahead) == "before-7-calendar-days"


def test_another_day_moves_the_term_and_the_reply_meets_it() -> None:
    """In one decision each."""
    moved = filed().when(DetailService(service="papers", details=(On(field="filed-on", on=date(2026, 3, 5)),)))
    assert [type(e) for e in moved.events] == [ServiceDetailed, ServiceTermSet]
    due = owed(moved.after, "term:papers:1:reply")
    assert due is not None
    assert (due.clockwork.date_version, due.clockwork.deadline.due_on) == (2, date(2026, 4, 4))
    met = moved.after.when(DetailService(service="papers", details=(On(field="answered-on", on=date(2026, 3, 9)),)))
    assert isinstance(met.events[-1], ServiceTermMet)
    assert owed(met.after, "term:papers:1:reply") is None


def test_both_dates_at_once_set_nothing_running() -> None:
    """It was answered before anybody recorded that it was asked."""
    both = (On(field="filed-on", on=date(2026, 2, 2)), On(field="answered-on", on=date(2026, 2, 20)))
    answer = needed("papers").when(DetailService(service="papers", details=both))
    assert [type(e) for e in answer.events] == [ServiceDetailed]


def test_a_service_that_is_over_keeps_its_record_and_runs_nothing() -> None:
    """Its record may still be completed."""
    declined = needed("papers").having(advance("papers", Move.DECLINE))
    after = declined.having(DetailService(service="papers", details=(On(field="filed-on", on=date(2026, 3, 2)),)))
    assert owed(after, "term:papers:1:reply") is None
    assert state(after, "papers").status is ServiceStatus.DECLINED


def test_no_text_fits_into_a_record() -> None:
    """No value has a field for one, whatever its name."""
    assert stands("talk", ServiceStatus.NEEDED)
    for kind in (Chosen, Spoken, Placed, On, At, Counted, Answered, Named):
        assert len(kind.model_fields) == 2
