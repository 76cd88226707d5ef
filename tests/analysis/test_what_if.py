"""A recorded history under changed rules; with the rules that held, nothing differs."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

from activities.pathway_files import PathwayStore
from analysis.what_if.asking import BlockKind
from analysis.what_if.journey import JourneyUnderChange, what_if
from analysis.what_if.limits import LimitInvalid, read_limits
from analysis.what_if.reading import RoleMayWrite, read
from analysis.what_if.rules import Change, ChangedLimits, ChangedPathway
from analysis.what_if.running import run
from analysis.what_if.summary import Side
from domain.codes import Role, StallCause, StepOutcome
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.advancing import AdvanceStep
from domain.journey.migration.events import MigrateJourney
from domain.journey.opening import OpenJourney
from domain.pathway.condition import AssignedLeaf
from domain.pathway.model import Pathway, Span, Stage, Step, Unit
from domain.refusal import RefusalCode, Unmet
from eventlog.decision import StoredRow
from eventlog.pool import BoundedConnection
from eventlog.sql_files import query
from projections.reader import Reader
from tests.analysis.histories import Lived, live
from tests.domain.given import MILA, MONDAY
from tests.domain.strategies import pathways
from tests.fix_eventlog import administrator
from tests.hearing_examples import court_pathway
from tests.pathway_examples import small_pathway, small_pin
from tests.projections.conftest import Office
from worker.demo.caseload import told
from worker.demo.telling import Tellable, Teller
from worker.settings import CHECKOUT

NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)


def with_step(pathway: Pathway, key: str, **changes: object) -> Pathway:
    """The pathway with one step otherwise."""

    def step(one: Step) -> Step:
        return one.model_copy(update=changes) if one.step == key else one

    def stage(one: Stage) -> Stage:
        return one.model_copy(update={"steps": tuple(step(each) for each in one.steps)})

    return pathway.model_copy(update={"stages": tuple(stage(each) for each in pathway.stages)})


def under(lived: Lived, change: Change) -> JourneyUnderChange:
    """Its history under a change, up to where it has come."""
    return what_if(lived.history, change, lambda _: lived.pathway, lived.now)


def opened(pathway: Pathway | None = None) -> Lived:
    """A journey on the small pathway, opened on Monday."""
    lived = Lived(pathway or small_pathway())
    assert lived.tell(OpenJourney(pin=small_pin(), caseworker=MILA))
    return lived


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pathway=st.one_of(st.builds(small_pathway), st.builds(court_pathway), pathways()), data=st.data())
def test_the_rules_that_held_change_nothing_and_explain_everything_that_was_recorded(
    pathway: Pathway, data: st.DataObject
) -> None:
    lived = live(data, pathway)
    found = under(lived, ChangedPathway(pathway.model_copy()))
    assert not found.difference
    assert found.was == found.would
    assert found.was.unexplained == 0
    assert found.behind == 0


def test_the_rules_that_held_change_nothing_in_the_whole_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    histories: dict[str, list[Recorded[Event]]] = defaultdict(list)
    decide = Teller._decide

    def noted(self: Teller, tale: Tellable, command: Command, command_id: UUID, actor: UUID) -> tuple[Event, ...]:
        events = decide(self, tale, command, command_id, actor)
        for event in events:
            history = histories[tale.stream]
            history.append(Recorded(tale.stream, len(history) + 1, 0, event, self._now, actor, command_id))
        return events

    monkeypatch.setattr(Teller, "_decide", noted)
    store = PathwayStore(CHECKOUT / "pathways")
    told(NOW, store)
    journeys = [history for stream, history in histories.items() if stream.startswith("journey-")]
    same = ChangedPathway(store.latest("astra").pathway.model_copy())
    found = [what_if(history, same, lambda pin: store.find(pin).pathway, NOW) for history in journeys]
    assert len(found) == len(journeys) > 30
    assert sum(len(one.was.stalls) for one in found) > 5
    assert sum(len(one.was.escalations) for one in found) > 5
    assert not [one.journey for one in found if one.difference or one.behind or one.was.unexplained]


def test_a_shorter_limit_finds_a_stall_that_was_settled_before_the_old_one() -> None:
    lived = opened()
    lived.wait(timedelta(days=1, hours=5))
    due = lived.now  # the contact is due on Tuesday at 16:00 of Belgrade; here it is 15:00
    lived.wait(timedelta(days=1, hours=2))
    assert lived.tell(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    found = under(lived, ChangedLimits({"contact": Span(count=0)}))
    [stall] = found.difference.stalls.added
    assert (stall.step, stall.stage, stall.cause) == ("contact", "intake", StallCause.NOBODY_ASSIGNED)
    assert stall.since == due.replace(hour=15, minute=0)
    assert stall.until == lived.now
    assert not found.difference.stalls.gone
    assert not found.difference.escalations
    assert not found.difference.blocks


def test_a_longer_limit_takes_a_stall_away_or_moves_it() -> None:
    lived = opened()
    lived.wait(timedelta(days=6))
    assert len(under(lived, ChangedLimits({})).was.stalls) == 1
    assert len(under(lived, ChangedLimits({"contact": Span(count=9)})).difference.stalls.gone) == 1
    [moved] = under(lived, ChangedLimits({"contact": Span(count=3)})).difference.stalls.moved
    assert moved.would.since - moved.was.since == timedelta(days=1)


def test_a_changed_ladder_tells_other_people_at_other_times() -> None:
    lived = opened()
    lived.wait(timedelta(days=2))
    changed = with_step(small_pathway(), "contact", escalate=())
    assert not under(lived, ChangedPathway(changed)).difference
    lived.wait(timedelta(days=1))
    [gone] = under(lived, ChangedPathway(changed)).difference.escalations.gone
    assert (gone.step, gone.to) == ("contact", (Role.SUPERVISOR,))


def test_what_a_changed_condition_would_have_refused_is_named_with_its_reason() -> None:
    lived = opened()
    assert lived.tell(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    lawyer = AssignedLeaf(assigned=Role.LAWYER)
    stricter = with_step(small_pathway(), "plan", open_when=lawyer)
    [block] = under(lived, ChangedPathway(stricter)).difference.blocks
    assert (block.kind, block.what, block.part) == (BlockKind.NOT_FOLLOWED, "journey.step-opened", "plan")
    assert block.unmet == (Unmet(kind="role", name="lawyer", wants="assigned"),)
    fewer = with_step(small_pathway(), "contact", outcomes=(StepOutcome.DECLINED,))
    [block] = under(lived, ChangedPathway(fewer)).difference.blocks
    assert (block.kind, block.what, block.code) == (
        BlockKind.REFUSED,
        "advance-step",
        RefusalCode.OUTCOME_NOT_ALLOWED,
    )
    assert block.at == MONDAY


def test_a_journey_that_was_migrated_is_run_by_each_of_its_versions() -> None:
    longer = with_step(small_pathway(2), "contact", stalled_after=Span(count=20))
    of = {1: small_pathway(), 2: longer}
    lived = opened()
    lived.wait(timedelta(days=6))
    lived.pathway = longer
    assert lived.tell(MigrateJourney(pin=small_pin(2)))
    lived.wait(timedelta(days=60))

    def under_change(change: Change) -> JourneyUnderChange:
        return what_if(lived.history, change, lambda pin: of[pin.version], lived.now)

    found = under_change(ChangedPathway(longer.model_copy()))
    assert (found.behind, found.was.unexplained, len(found.was.stalls)) == (0, 0, 2)
    assert len(found.difference.stalls.gone) == 1  # by version 2 from the start it would not have stalled at once
    shorter = under_change(ChangedLimits({"contact": Span(count=1)}))
    assert len(shorter.difference.stalls.moved) + len(shorter.difference.stalls.gone) == 2


def test_a_run_reads_the_log_as_known_and_writes_nothing(office: Office) -> None:
    office.log.set_clock(MONDAY)
    first = office.open()
    office.log.set_clock(MONDAY + timedelta(days=40))
    office.open()
    office.project()
    before = office.tables()
    at = MONDAY + timedelta(days=30)
    change = ChangedLimits({"contact": Span(count=1)})
    seen: list[tuple[int, int]] = []
    found = run(office.reader, change, lambda _: small_pathway(), at=at, watch=lambda *how_far: seen.append(how_far))
    assert found.summary.journeys == 1
    assert found.summary.whole.stalls[Side.MOVED].journeys == {first}
    assert [row.journey for row in found.rows] == [first]
    assert seen == [(0, 1), (1, 1)]
    assert office.tables() == before


def test_it_reads_as_a_role_without_any_right_to_write(office: Office) -> None:
    assert read(office.reader, "may_write", {}) == []
    with administrator(office.dsn) as connection:
        may = connection.execute(query("analysis.what_if", "may_write")).fetchall()
    assert {"eventlog.stored_events", "eventlog.append", "projections.journey_list_v1"} <= {row[0] for row in may}
    with administrator(office.dsn) as connection:
        connection.execute("GRANT DELETE ON projections.journey_list_v1 TO putokaz_reader")
    with pytest.raises(RoleMayWrite, match="journey_list_v1"):
        run(office.reader, ChangedLimits({}), lambda _: small_pathway(), at=MONDAY)


def test_its_transactions_can_only_read_whoever_signed_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also as the owner of everything: it becomes the reader for the length of the transaction."""

    def histories(connection: BoundedConnection, _streams: list[str], _until: int) -> dict[str, list[StoredRow]]:
        asked = connection.execute("SELECT current_user, current_setting('transaction_read_only')").fetchone()
        assert asked == ("putokaz_reader", "on")
        with pytest.raises((ReadOnlySqlTransaction, InsufficientPrivilege)):
            connection.execute("DELETE FROM projections.journey_list_v1")
        raise Written

    class Written(Exception):
        """The attempt was made."""

    office.open()
    office.project()
    monkeypatch.setattr("analysis.what_if.reading.histories", histories)
    with Reader(office.dsn) as reader, pytest.raises(Written):
        run(reader, ChangedLimits({}), lambda _: small_pathway(), at=office.log.now())


@pytest.mark.parametrize("text", ["", "plan", "plan=", "plan=3-moons", "plan=9999", "plam=3"])
def test_what_is_no_limit_is_said_so(text: str) -> None:
    with pytest.raises(LimitInvalid):
        read_limits([text], [small_pathway()])


def test_limits_are_written_by_step_with_days_or_another_unit() -> None:
    found = read_limits(["plan=3, contact=48-hours", "every=2 calendar-days"], [small_pathway()])
    assert found.limits == {"plan": Span(count=3), "contact": Span(count=48, unit=Unit.HOURS)}
    assert found.every == Span(count=2, unit=Unit.CALENDAR_DAYS)
