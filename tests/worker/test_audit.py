"""Every way in which a workflow can differ from its journey, made for real, is found, healed and written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio import workflow
from temporalio.client import WorkflowExecutionStatus
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import ClosingReason, Relation, StepOutcome
from domain.errors import Unavailable
from domain.journey import wakes
from domain.journey.advancing import AdvanceStep
from domain.journey.closing import CloseJourney
from domain.journey.linking import LinkJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from eventlog.log import EventLog
from projections.audits import AuditFault, counts, last_audit, mended_lately
from projections.reader import Reader
from tests.fix_engine import Bench
from tests.fix_eventlog import administrator, as_role
from tests.worker.audited import Ward, connect, found, until, ward_on
from worker.audit.auditor import Auditor
from worker.audit.healing import REASON
from worker.audit.watching import NEXT_WAKE, STREAM_VERSION
from worker.development.ports import any_free
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.relay import tell
from workflows.messages import HEAD_MOVED, Agenda, Start, WorkflowType

DONE = AdvanceStep(step="contact", outcome=StepOutcome.DONE)


@pytest.fixture
async def ward(bench: Bench, temporal_server: TemporalServer, tmp_path: Path) -> AsyncIterator[Ward]:
    """Three open journeys, their workflows level."""
    client = await connect(temporal_server.address, create_keyring(tmp_path / "k"))
    ward = ward_on(bench, client)
    async with engine(client, bench.recorder, None, task_queue=ward.queue):
        await ward.open(3)
        yield ward
    ward.book.close()


async def test_a_sound_system_is_left_alone(ward: Ward) -> None:
    """Nothing found, nothing touched: the same runs, with the same histories."""
    before = [await ward.handle(journey).describe() for journey in ward.journeys]
    audit = await ward.auditor.audit()
    assert (audit.journeys, audit.workflows, audit.findings) == (3, 3, ())
    after = [await ward.handle(journey).describe() for journey in ward.journeys]
    assert [(d.run_id, d.history_length) for d in after] == [(d.run_id, d.history_length) for d in before]


async def test_a_missing_workflow_is_started(ward: Ward) -> None:
    """Somebody ended it: it runs again and waits for the same moment, without any decision."""
    lost = ward.journeys[0]
    await ward.handle(lost).terminate()
    audit = await ward.auditor.audit()
    assert found(audit) == {journey_stream(lost): (AuditFault.MISSING, True)}
    await ward.level()
    assert (await ward.auditor.audit()).findings == ()


async def test_a_missing_workflow_whose_log_has_moved_on_is_started_level(ward: Ward) -> None:
    """Ended, and a decision recorded meanwhile that no relay told anybody of."""
    lost = ward.journeys[1]
    await ward.handle(lost).terminate()
    ward.bench.record(lost, DONE)
    assert found(await ward.auditor.audit()) == {journey_stream(lost): (AuditFault.MISSING, True)}
    await ward.level()


async def test_a_lost_signal_is_made_good(ward: Ward) -> None:
    """A decision recorded around the workflow, whose signal never came: it is told, and goes on in the same run."""
    behind = ward.journeys[0]
    run = await ward.run_of(behind)
    ward.bench.record(behind, DONE)
    assert found(await ward.auditor.audit()) == {journey_stream(behind): (AuditFault.STALE, True)}
    await ward.level()
    assert await ward.run_of(behind) == run


async def test_a_decision_of_this_moment_is_no_fault(ward: Ward) -> None:
    """The relay tells it while the audit waits: a workflow that only lags is not reported."""
    busy = ward.journeys[0]
    ward.bench.record(busy, DONE)
    running = ward.auditor.audit()
    await ward.handle(busy).signal(HEAD_MOVED, ward.version(busy))
    assert (await running).findings == ()


async def test_a_workflow_ahead_of_a_restored_log_begins_anew(ward: Ward) -> None:
    """The log is restored to before a decision that the workflow knows: ended, and started from what there is."""
    ahead = ward.journeys[2]
    before = ward.version(ahead)
    await ward.auditor.audit()
    ward.bench.record(ahead, DONE)
    await ward.handle(ahead).signal(HEAD_MOVED, ward.version(ahead))
    await ward.level()
    await ward.auditor.audit()
    run = await ward.run_of(ahead)
    restore_without(ward.bench, ahead, after=before)
    assert found(await ward.auditor.audit()) == {journey_stream(ahead): (AuditFault.AHEAD, True)}
    description = await ward.handle(ahead).describe()
    assert description.run_id != run
    assert description.typed_search_attributes.get(STREAM_VERSION) == before


def restore_without(bench: Bench, journey: UUID, *, after: int) -> None:
    """As after a restore: the last events of the log are gone. They have to be this journey's."""
    with administrator(bench.dsn) as connection:
        gone = connection.execute(
            "DELETE FROM eventlog.stored_events WHERE originator_id = %s AND originator_version > %s",
            (journey_stream(journey), after),
        ).rowcount
        assert gone > 0
        connection.execute("DELETE FROM eventlog.outcomes WHERE last_version > %s", (after,))


async def test_a_journey_closed_behind_its_back_ends_its_workflow(ward: Ward) -> None:
    """Nobody told the workflow of the closing: it looks, and ends by itself."""
    closed = ward.journeys[0]
    ward.bench.record(closed, CloseJourney(reason=ClosingReason.GOALS_REACHED))
    audit = await ward.auditor.audit()
    assert found(audit) == {journey_stream(closed): (AuditFault.SURPLUS, True)}
    assert audit.journeys == 2
    assert await ward.run_of(closed) is None
    assert (await ward.handle(closed).describe()).status is WorkflowExecutionStatus.COMPLETED


async def test_a_workflow_without_a_journey_is_ended(ward: Ward) -> None:
    """Its journey is not in the log, as after a restore: looking does not help it, so it is terminated."""
    nobody = uuid4()
    await ward.client.start_workflow(
        WorkflowType.JOURNEY.value,
        Start(stream=journey_stream(nobody)),
        id=journey_stream(nobody),
        task_queue="nobody-polls",
    )
    strayed = await ward.open()
    with administrator(ward.bench.dsn) as connection:
        connection.execute("DELETE FROM eventlog.stored_events WHERE originator_id = %s", (journey_stream(strayed),))
    assert found(await ward.auditor.audit()) == {journey_stream(strayed): (AuditFault.SURPLUS, True)}
    assert await ward.run_of(strayed) is None
    # Another task queue is somebody else's.
    assert await ward.run_of(nobody) is not None
    await ward.handle(nobody).terminate()


async def test_a_command_for_another_journey_is_not_forgotten_with_the_closing(ward: Ward) -> None:
    """Linked and closed while no workflow ran: it is started for its errand, and ends."""
    closed, other = ward.journeys[0], ward.journeys[1]
    await ward.handle(closed).terminate()
    ward.bench.record(closed, LinkJourney(other=other, relation=Relation.GUARDIAN))
    ward.bench.record(closed, CloseJourney(reason=ClosingReason.GOALS_REACHED))
    audit = await ward.auditor.audit()
    assert audit.findings[[f.stream for f in audit.findings].index(journey_stream(closed))].fault is AuditFault.MISSING

    async def delivered() -> bool:
        state = ward.bench.recorder.journey(journey_stream(closed))
        return state is not None and not state.pending

    await until(delivered)


async def test_a_moment_that_passed_unused_is_made_good(ward: Ward) -> None:
    """The clock was set beyond a wake and nobody told the workflow: told to look, it fires, late once."""
    late = ward.journeys[0]
    state = ward.bench.recorder.journey(journey_stream(late))
    assert state is not None
    ward.bench.log.set_clock(wakes(state)[0].at + timedelta(minutes=10))
    audit = await ward.auditor.audit()
    assert set(found(audit).values()) == {(AuditFault.STUCK, True)}
    history = ward.bench.log.load(journey_stream(late)).history
    assert len([r for r in history if isinstance(r.event, RungsFired)]) == 1


class SleepyRecorder(Recorder):
    """A release with a mistake: it lets workflows sleep a day too long."""

    def load(self, start: Start) -> Agenda:
        agenda = super().load(start)
        assert agenda.wake is not None
        assert agenda.sleep is not None
        later = agenda.wake.model_copy(update={"at": agenda.wake.at + timedelta(days=1)})
        return agenda.model_copy(update={"wake": later, "sleep": agenda.sleep + 86_400})


async def test_a_wrong_wake_is_put_right(bench: Bench, temporal_server: TemporalServer, tmp_path: Path) -> None:
    """It knows the last event and would wake a day late: told to look again, it sleeps until the right moment."""
    ward = ward_on(bench, await connect(temporal_server.address, create_keyring(tmp_path / "k")))
    journey = bench.opened()
    ward.journeys.append(journey)
    sleepy = SleepyRecorder(bench.log, PathwayStore(bench.pathways), "sleepy", rights=NO_RIGHTS_ASKED)
    async with engine(ward.client, sleepy, None, task_queue=ward.queue):
        await tell(ward.client, journey_stream(journey), ward.version(journey), task_queue=ward.queue)

        async def loaded() -> bool:
            shown = (await ward.handle(journey).describe()).typed_search_attributes
            return shown.get(STREAM_VERSION) == ward.version(journey)

        await until(loaded)
    run = await ward.run_of(journey)
    async with engine(ward.client, bench.recorder, None, task_queue=ward.queue):
        assert found(await ward.auditor.audit()) == {journey_stream(journey): (AuditFault.WRONG_WAKE, True)}
        await ward.level()
        assert await ward.run_of(journey) == run
    ward.book.close()


@workflow.defn(name=WorkflowType.JOURNEY.value)
class OtherRelease:
    """A release whose history ours cannot replay: it looks level, and every task of it fails under our code."""

    @workflow.run
    async def run(self, start: Start) -> None:
        await workflow.sleep(3600)

    @workflow.signal
    async def be(self, version: int, wake: str) -> None:
        from datetime import datetime

        workflow.upsert_search_attributes(
            [STREAM_VERSION.value_set(version), NEXT_WAKE.value_set(datetime.fromisoformat(wake))]
        )


async def test_a_run_whose_tasks_fail_is_replaced(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """It looks sound until something is to be done; then its tasks fail, and a fresh run takes its place."""
    client = await connect(temporal_server.address, create_keyring(tmp_path / "k"))
    ward = ward_on(bench, client)
    journey = bench.opened()
    ward.journeys.append(journey)
    state = bench.recorder.journey(journey_stream(journey))
    assert state is not None
    handle = await client.start_workflow(
        WorkflowType.JOURNEY.value,
        Start(stream=journey_stream(journey)),
        id=journey_stream(journey),
        task_queue=ward.queue,
    )
    other = Worker(client, task_queue=ward.queue, workflows=[OtherRelease], workflow_runner=UnsandboxedWorkflowRunner())
    async with other:
        await handle.signal("be", args=[state.version, wakes(state)[0].at.isoformat()])
        await ward.level()
    async with engine(client, bench.recorder, None, task_queue=ward.queue):
        assert (await ward.auditor.audit()).findings == ()
        bench.record(journey, DONE)
        await handle.signal(HEAD_MOVED, ward.version(journey))

        async def fails() -> bool:
            described = await handle.describe()
            return described.raw_description.pending_workflow_task.attempt >= 3

        await until(fails)
        assert found(await ward.auditor.audit()) == {journey_stream(journey): (AuditFault.STUCK, True)}
        await ward.level()
    old = client.get_workflow_handle(journey_stream(journey), run_id=handle.first_execution_run_id)
    end = (await old.fetch_history()).events[-1].workflow_execution_terminated_event_attributes
    assert end.reason == REASON
    ward.book.close()


async def test_runs_of_a_lost_key_ring_are_replaced(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Nobody can read their histories any more, and nobody has to: a fresh run begins with the log."""
    client = await connect(temporal_server.address, create_keyring(tmp_path / "lost"))
    ward = ward_on(bench, client)
    async with engine(client, bench.recorder, None, task_queue=ward.queue):
        journey = await ward.open()
    run = await ward.run_of(journey)
    ward.client = await connect(temporal_server.address, create_keyring(tmp_path / "made anew"))
    auditor = ward.another()
    async with engine(ward.client, bench.recorder, None, task_queue=ward.queue):
        bench.record(journey, DONE)
        await ward.handle(journey).signal(HEAD_MOVED, ward.version(journey))

        async def fails() -> bool:
            described = await ward.handle(journey).describe()
            return described.raw_description.pending_workflow_task.attempt >= 3

        await until(fails)
        assert found(await auditor.audit()) == {journey_stream(journey): (AuditFault.STUCK, True)}
        await ward.level()
    assert await ward.run_of(journey) != run
    ward.book.close()


async def test_what_cannot_be_healed_is_said_and_left_alone(ward: Ward) -> None:
    """An event that this release cannot read: no workflow is ended for it, and the report names the journey."""
    broken = ward.journeys[0]
    run = await ward.run_of(broken)
    with administrator(ward.bench.dsn) as connection:
        connection.execute(
            "UPDATE eventlog.stored_events SET topic = 'journey.of-the-future@1'"
            " WHERE originator_id = %s AND originator_version = 1",
            (journey_stream(broken),),
        )
    audit = await ward.another().audit()
    assert found(audit) == {journey_stream(broken): (AuditFault.UNREADABLE, False)}
    assert await ward.run_of(broken) == run


async def test_without_answers_nothing_is_ended_at_once(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """No worker is there to answer: the first audit waits; a run silent the next time too is replaced."""
    client = await connect(temporal_server.address, create_keyring(tmp_path / "k"))
    ward = ward_on(bench, client)
    ward.patience = replace(ward.patience, answer=timedelta(seconds=0.5), healing=timedelta(seconds=0.5))
    ward.auditor = ward.another()
    async with engine(client, bench.recorder, None, task_queue=ward.queue):
        journey = await ward.open()
    bench.record(journey, DONE)
    run = await ward.run_of(journey)
    assert (await ward.auditor.audit()).findings == ()
    assert await ward.run_of(journey) == run
    assert found(await ward.auditor.audit()) == {journey_stream(journey): (AuditFault.STUCK, False)}
    assert await ward.run_of(journey) != run
    async with engine(client, bench.recorder, None, task_queue=ward.queue):
        await ward.level()
    ward.book.close()


async def test_what_a_cut_off_audit_healed_is_reported_by_the_next(ward: Ward) -> None:
    """Temporal vanishes, or the worker stops, while it heals: nobody loses sight of what it has done."""
    lost = ward.journeys[0]
    await ward.handle(lost).terminate()
    auditing = asyncio.create_task(ward.auditor.audit())

    async def started() -> bool:
        return await ward.run_of(lost) is not None

    await until(started)
    auditing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await auditing
    await ward.level()
    assert found(await ward.auditor.audit()) == {journey_stream(lost): (AuditFault.MISSING, True)}
    assert (await ward.auditor.audit()).findings == ()


async def test_what_was_healed_can_be_read_without_temporal(ward: Ward) -> None:
    """The newest audit with its age, what was healed lately, and counts by fault."""
    with Reader(as_role(ward.bench.dsn, "putokaz_reader")) as reader:
        assert last_audit(reader) is None
        lost, behind = ward.journeys[:2]
        await ward.handle(lost).terminate()
        ward.bench.record(behind, DONE)
        audit = await ward.auditor.audit()
        last = last_audit(reader)
        assert last is not None
        assert set(last.audit.findings) == set(audit.findings)
        assert (last.audit.journeys, last.audit.workflows) == (3, 2)
        assert not last.is_overdue
        await ward.auditor.audit()
        last = last_audit(reader)
        assert last is not None
        assert last.audit.findings == ()
        assert {f.stream for f in mended_lately(reader)} == {journey_stream(lost), journey_stream(behind)}
        assert counts(reader) == {(AuditFault.MISSING, True): 1, (AuditFault.STALE, True): 1}


async def test_without_the_log_an_audit_says_so_and_the_next_succeeds(ward: Ward) -> None:
    """`Unavailable`, nothing touched; the same auditor goes on once the log is back."""
    dead = EventLog(f"postgresql://nobody@127.0.0.1:{any_free()}/none", size=1, patience=0.2)
    with pytest.raises(Unavailable):
        await Auditor(ward.client, dead, ward.book, task_queue=ward.queue, patience=ward.patience).audit()
    dead.close()
    assert (await ward.auditor.audit()).findings == ()
