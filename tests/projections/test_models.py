"""Each read model after what the real deciders recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.calendar import local_date
from domain.codes import (
    SYSTEM_ACTOR,
    ClosingReason,
    ConsentPurpose,
    Mover,
    NextAction,
    ObligationKind,
    Phase,
    Relation,
    ReopeningReason,
    Role,
    StallCause,
    StepOutcome,
    StepReason,
)
from domain.journey import wakes
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.correcting import CorrectStep
from domain.journey.linking import LinkJourney
from domain.journey.merging import AbsorbDuplicate, MergeJourney, ReverseMerge
from domain.journey.naming import journey_code
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import ResumeStep, StallStep
from domain.journey.state import LinkStatus, StepStatus
from domain.journey.steps import StepAdvanced, StepCorrected
from domain.stream.firing import FireRung
from projections.journey_file.model import TimelineRow
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import JourneyFilter, find_by_code, find_journeys, list_journeys
from projections.my_day.queries import DayGroup, my_day
from projections.stalled_board.queries import StalledFilter, stalled
from tests.projections.conftest import ACTOR, CASEWORKER, OF_JOURNEYS, Office

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LAWYER = UUID("00000000-0000-4000-8000-0000000000dd")
SYSTEM = SYSTEM_ACTOR


def advance(office: Office, journey: UUID, step: str, outcome: StepOutcome = StepOutcome.DONE) -> None:
    """Advances a step in earnest."""
    office.give(journey, AdvanceStep(step=step, outcome=outcome))


def fire_until(office: Office, journey: UUID, until: datetime) -> None:
    """Lets the clock run and fires every rung in its turn."""
    while (ahead := wakes(office.journey(journey))) and ahead[0].at <= until:
        wake = ahead[0]
        office.log.set_clock(max(wake.at, office.log.now()))
        office.give(journey, FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version), SYSTEM)
    office.log.set_clock(max(until, office.log.now()))


def everything_happens(office: Office) -> list[UUID]:
    """Journeys that have been through every kind of event, over some weeks."""
    office.log.set_clock(MONDAY)
    plain, busy, closed, reopened, duplicate, survivor = (office.open() for _ in range(6))
    unowned = office.open(caseworker=None)
    for journey in (busy, closed, reopened):
        advance(office, journey, "contact")
    office.give(busy, Assign(role=Role.LAWYER, staff=LAWYER))
    office.give(busy, OpenStep(step="hearing", appointment=MONDAY + timedelta(days=20)))
    office.give(busy, GiveConsent(purpose=ConsentPurpose.ASSISTANCE))
    office.give(busy, StallStep(step="plan", cause=StallCause.WAITING_ON_PARTNER))
    office.give(closed, CloseJourney(reason=ClosingReason.LEFT_COUNTRY))
    office.give(reopened, CloseJourney(reason=ClosingReason.MISSING))
    office.give(reopened, ReopenJourney(reason=ReopeningReason.FOUND))
    office.give(busy, LinkJourney(other=survivor, relation=Relation.SIBLING))
    office.give(duplicate, MergeJourney(survivor=survivor))
    office.give(survivor, AbsorbDuplicate(duplicate=duplicate))
    for journey in (plain, unowned):
        fire_until(office, journey, MONDAY + timedelta(days=9))
    office.give(busy, ResumeStep(step="plan"))
    advance(office, busy, "plan")
    office.give(busy, OpenStep(step="visit"))
    visit = office.journey(busy).version + 1
    office.give(
        busy, AdvanceStep(step="visit", outcome=StepOutcome.NO_SHOW, next_on=local_date(MONDAY, "UTC").replace(month=4))
    )
    office.give(busy, CorrectStep(step="visit", corrects=visit, outcome=StepOutcome.DONE))
    office.give(busy, WithdrawConsent(purpose=ConsentPurpose.ASSISTANCE))
    office.give(plain, EnterStage(stage="support"))
    office.give(busy, LeaveStage(stage="support"))
    office.give(duplicate, ReverseMerge())
    office.give(duplicate, MergeJourney(survivor=survivor))
    return [plain, busy, closed, reopened, duplicate, survivor, unowned]


def test_read_models_are_equal_to_a_rebuild_in_pages_of_any_size(office: Office) -> None:
    """What was written event by event is what one page, or pages of seven, would have written."""
    journeys = everything_happens(office)
    office.project(page=1)
    live = office.tables()
    assert len(live["journey_list_v1"]) == len(journeys)
    assert all(live[table.name] for model in OF_JOURNEYS for table in model.tables)
    assert office.rebuilt(page=7) == live
    assert office.rebuilt(page=10_000) == live


def test_list_shows_phase_stages_next_obligation_and_caseworker(office: Office) -> None:
    """A fresh journey is open, in its first stage, and owes its first step to its caseworker."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.project()
    (row,) = list_journeys(office.reader).rows
    first = office.journey(journey).steps["step:contact:1"].clockwork.deadline
    assert (row.journey, row.code, row.phase) == (journey, journey_code(journey), Phase.OPEN)
    assert (row.pathway, row.pathway_version, row.stages) == ("small", 1, ("intake",))
    assert (row.caseworker, row.next_part, row.next_step) == (CASEWORKER, "step:contact:1", "contact")
    assert (row.next_role, row.next_due_at, row.next_due_on) == (Role.CASEWORKER, first.due_at, first.due_on)
    assert row.version == office.journey(journey).version


def test_closed_journey_owes_nothing_and_names_its_reason(office: Office) -> None:
    """Closing takes a journey off every day and board, and reopening brings it back with something owed."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.give(journey, StallStep(step="contact", cause=StallCause.WAITING_ON_CLIENT))
    office.give(journey, CloseJourney(reason=ClosingReason.GOALS_REACHED))
    office.project()
    (row,) = list_journeys(office.reader, JourneyFilter(phase=Phase.CLOSED)).rows
    assert (row.closing_reason, row.next_part, row.stalled) == (ClosingReason.GOALS_REACHED, None, None)
    today = local_date(MONDAY, "Europe/Belgrade")
    assert my_day(office.reader, staff=CASEWORKER, now=MONDAY, today=today).total == 0
    assert stalled(office.reader, now=MONDAY).total == 0
    office.give(journey, ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    office.project()
    (row,) = list_journeys(office.reader, JourneyFilter(phase=Phase.OPEN)).rows
    assert row.closing_reason is None
    assert row.next_part is not None
    assert my_day(office.reader, staff=CASEWORKER, now=MONDAY, today=today).total > 0


def test_merged_journey_is_neither_stalled_nor_due(office: Office) -> None:
    """A duplicate keeps its steps but owes nothing; its file points to the survivor and back."""
    office.log.set_clock(MONDAY)
    duplicate, survivor = office.open(), office.open()
    office.give(duplicate, StallStep(step="contact", cause=StallCause.WAITING_ON_CLIENT))
    office.give(duplicate, MergeJourney(survivor=survivor))
    office.give(survivor, AbsorbDuplicate(duplicate=duplicate))
    office.project()
    assert stalled(office.reader, now=MONDAY).total == 0
    day = my_day(office.reader, staff=CASEWORKER, now=MONDAY, today=MONDAY.date())
    assert {row.journey for row in day.rows} == {survivor}
    merged, kept = file(office.reader, duplicate), file(office.reader, survivor)
    assert merged is not None
    assert kept is not None
    assert (merged.document.merged_into, merged.document.under_way) == (survivor, 1)
    assert kept.document.absorbed == (duplicate,)
    office.give(duplicate, ReverseMerge())
    office.project()
    assert stalled(office.reader, now=MONDAY).total == 1


def test_journeys_are_found_by_their_code_as_it_is_typed(office: Office) -> None:
    """Small letters, spaces and a missing mark are forgiven; what is no code finds nothing."""
    journey = office.open()
    office.open()
    office.project()
    code = journey_code(journey)
    for typed in (code, code.lower(), code.removeprefix("PK-"), code.replace("-", " ")):
        assert [row.journey for row in find_by_code(office.reader, typed)] == [journey]
    assert [row.journey for row in list_journeys(office.reader, JourneyFilter(code=code[:8])).rows] == [journey]
    assert find_by_code(office.reader, "PK-%") == ()
    assert list_journeys(office.reader, JourneyFilter(code="_______")).total == 0
    assert set(find_journeys(office.reader, [journey, uuid4()])) == {journey}


def test_file_shows_every_part_with_the_version_that_a_form_sends_back(office: Office) -> None:
    """Steps, consents, links, roles, stages, milestones: as the folded journey has them."""
    journeys = everything_happens(office)
    office.project()
    for journey in journeys:
        state, shown = office.journey(journey), file(office.reader, journey)
        assert shown is not None
        assert (shown.version, shown.header.version) == (state.version, state.version)
        assert {s.part: (s.version, s.status, s.outcome, s.missed) for s in shown.steps} == {
            s.key: (s.version, s.status, s.outcome, s.missed) for s in state.steps.values()
        }
        assert {s.part: s.limit for s in shown.steps} == {s.key: s.stalled_after for s in state.steps.values()}
        assert {c.purpose: (c.version, c.withdrawn_at) for c in shown.document.consents} == {
            c.key.purpose: (c.version, c.withdrawn_at) for c in state.consents.values()
        }
        assert {k.other: k.status for k in shown.document.links} == {k.other: k.status for k in state.links.values()}
        assert {a.role: a.staff for a in shown.document.assigned} == dict(state.assigned)
        assert {s.stage: (s.entered_at, s.left_at, s.exit) for s in shown.document.stages} == {
            s.stage: (s.entered_at, s.left_at, s.exit) for s in state.stages.values()
        }
        assert {m.milestone: m.reached_at for m in shown.document.milestones} == dict(state.milestones)
    busy = file(office.reader, journeys[1])
    assert busy is not None
    assert [k.status for k in busy.document.links] == [LinkStatus.UNDER_WAY]
    assert {s.owner_staff for s in busy.steps if s.role is Role.LAWYER} == {LAWYER}
    assert file(office.reader, uuid4()) is None


def test_timeline_is_complete_newest_first_and_names_what_was_corrected(office: Office) -> None:
    """Paged to the end it is the stream, with the events themselves."""
    journey = everything_happens(office)[1]
    office.project()
    history = office.log.load(f"journey-{journey}").history
    rows: list[TimelineRow] = []
    page = timeline(office.reader, journey, limit=4)
    while True:
        assert page.total == len(history)
        rows += page.rows
        if page.next is None:
            break
        page = timeline(office.reader, journey, before_version=int(page.next), limit=4)
    assert [row.version for row in rows] == list(range(len(history), 0, -1))
    assert [row.body for row in reversed(rows)] == [each.event for each in history]
    assert [row.command_id for row in reversed(rows)] == [each.command_id for each in history]
    corrections = [r for r in history if isinstance(r.event, StepCorrected)]
    assert {row.version: row.corrected_by for row in rows if row.corrected_by} == {
        c.event.corrects: c.version for c in corrections if isinstance(c.event, StepCorrected)
    }
    assert corrections
    advanced = next(row for row in rows if isinstance(row.body, StepAdvanced) and row.step == "plan")
    assert (advanced.topic, advanced.stage, advanced.actor) == ("journey.step-advanced", "intake", ACTOR)


def test_timeline_tells_what_the_clock_did_and_never_runs_ahead_of_the_file(office: Office) -> None:
    """An event that the file does not show yet is not in its timeline either."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    fire_until(office, journey, MONDAY + timedelta(days=9))
    office.project()
    before = timeline(office.reader, journey)
    assert any(row.is_system and row.stage == "intake" and row.step == "contact" for row in before.rows)
    assert not before.rows[-1].is_system
    office.give(journey, ResumeStep(step="contact"))
    assert timeline(office.reader, journey) == before


def test_my_day_groups_by_date_and_by_whose_move_it_is(office: Office) -> None:
    """Overdue, today, this week, later, and what waits on others; each count is the length of its list."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.give(journey, GiveConsent(purpose=ConsentPurpose.ASSISTANCE))
    advance(office, journey, "contact")
    advance(office, journey, "plan")
    office.give(journey, OpenStep(step="visit"))
    office.give(journey, OpenStep(step="hearing", appointment=MONDAY + timedelta(days=1)))
    office.give(journey, Assign(role=Role.LAWYER, staff=LAWYER))
    other = office.open()
    office.project()

    def day(now: datetime, staff: UUID = CASEWORKER) -> dict[str, DayGroup]:
        today = local_date(now, "Europe/Belgrade")
        found = my_day(office.reader, staff=staff, now=now, today=today)
        for group in DayGroup:
            only = my_day(office.reader, staff=staff, now=now, today=today, group=group)
            assert len(only.rows) == found.counts[group]
            assert [r for r in found.rows if r.group is group] == list(only.rows)
        assert sum(found.counts.values()) == found.total == len(found.rows)
        return {f"{row.part}{'' if row.journey == journey else '*'}": row.group for row in found.rows}

    assert day(MONDAY) == {
        "step:contact:1*": DayGroup.NEXT_7_DAYS,
        "step:visit:1": DayGroup.WAITING,
        "step:follow-up:1": DayGroup.LATER,
    }
    assert day(MONDAY, LAWYER) == {"step:hearing:1": DayGroup.NEXT_7_DAYS}
    assert day(MONDAY + timedelta(days=1), LAWYER) == {"step:hearing:1": DayGroup.TODAY}
    late = day(MONDAY + timedelta(days=30))
    assert late == {
        "step:contact:1*": DayGroup.OVERDUE,
        "step:visit:1": DayGroup.OVERDUE,
        "step:follow-up:1": DayGroup.NEXT_7_DAYS,
    }
    assert other != journey


def test_what_nobody_has_is_in_the_day_of_its_role(office: Office) -> None:
    """Without a caseworker an obligation belongs to whoever is on call, and to nobody's own day."""
    office.log.set_clock(MONDAY)
    journey = office.open(caseworker=None)
    office.project()
    today = MONDAY.date()
    on_call = my_day(office.reader, staff=CASEWORKER, roles={Role.ON_CALL}, now=MONDAY, today=today)
    assert [(row.journey, row.kind, row.owner_staff) for row in on_call.rows] == [(journey, ObligationKind.STEP, None)]
    assert my_day(office.reader, staff=CASEWORKER, roles={Role.LAWYER}, now=MONDAY, today=today).rows == ()


def test_stalled_by_the_clock_counts_from_the_limit(office: Office) -> None:
    """Due on Tuesday with a limit of two working days: stalled on Thursday at 2 of 2, a week later at 7."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.give(journey, Assign(role=Role.CONSULTANT, staff=LAWYER))
    thursday = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    fire_until(office, journey, thursday)
    office.project()
    (row,) = stalled(office.reader, now=thursday).rows
    assert (row.journey, row.step, row.stage, row.cause) == (journey, "contact", "intake", StallCause.OVERDUE)
    assert (row.mover, row.next_action, row.owner_staff) == (Mover.US, NextAction.ADVANCE_STEP, LAWYER)
    assert (row.caseworker, row.working_days, row.limit_days, row.rate) == (CASEWORKER, 2, 2, 1.0)
    (row,) = stalled(office.reader, now=thursday + timedelta(days=7)).rows
    assert (row.working_days, row.rate) == (7, 3.5)
    office.give(journey, ResumeStep(step="contact"))
    office.project()
    assert stalled(office.reader, now=thursday).rows == ()


def test_stalled_by_a_person_counts_from_that_day(office: Office) -> None:
    """A stall called before the limit starts at nought."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    office.give(journey, StallStep(step="contact", cause=StallCause.WAITING_ON_COURT))
    office.project()
    (row,) = stalled(office.reader, now=MONDAY).rows
    assert (row.mover, row.next_action) == (Mover.COURT, NextAction.ASK_COURT)
    assert (row.working_days, row.limit_days) == (0, 2)
    assert stalled(office.reader, now=MONDAY + timedelta(days=4)).rows[0].working_days == 4
    listed = list_journeys(office.reader, JourneyFilter(stalled=True))
    assert [(r.journey, r.stalled, r.stalled_since) for r in listed.rows] == [(journey, row.cause, row.since)]


def test_counts_of_the_board_say_what_choosing_them_shows(office: Office) -> None:
    """Each count per stage or cause is the total with that one chosen, whatever else is filtered."""
    everything_happens(office)
    fresh = office.open()
    office.give(fresh, StallStep(step="contact", cause=StallCause.WAITING_ON_CLIENT))
    advance(office, fresh, "contact")
    advance(office, fresh, "plan")
    office.give(fresh, StallStep(step="follow-up", cause=StallCause.WAITING_ON_CLIENT))
    office.project()
    now = office.log.now()
    whole = stalled(office.reader, now=now)
    assert len(whole.places) > 1
    assert len(whole.causes) > 1
    for place, count in whole.places.items():
        one = stalled(office.reader, StalledFilter(place=place), now=now)
        assert one.total == len(one.rows) == count
        assert one.places == whole.places
    for cause, count in whole.causes.items():
        chosen = stalled(office.reader, StalledFilter(cause=cause), now=now)
        assert chosen.total == len(chosen.rows) == count
    for mover in Mover:
        moved = stalled(office.reader, StalledFilter(mover=mover), now=now)
        assert moved.total == sum(row.mover is mover for row in whole.rows) == sum(moved.places.values())


def test_postponed_step_shows_its_new_date(office: Office) -> None:
    """The date on the day's list is the one of the latest decision."""
    office.log.set_clock(MONDAY)
    journey = office.open()
    later = local_date(MONDAY + timedelta(days=10), "Europe/Belgrade")
    office.give(
        journey,
        AdvanceStep(step="contact", outcome=StepOutcome.POSTPONED, reason=StepReason.CLIENT_ASKED, next_on=later),
    )
    office.project()
    (row,) = my_day(office.reader, staff=CASEWORKER, now=MONDAY, today=MONDAY.date()).rows
    shown = file(office.reader, journey)
    assert shown is not None
    assert (row.due_on, shown.steps[0].due_on) == (later, later)
    assert (shown.steps[0].status, shown.steps[0].outcome) == (StepStatus.OPEN, StepOutcome.POSTPONED)
