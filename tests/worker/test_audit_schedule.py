"""Audits come by themselves, whatever is deleted, and fail readably."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import ScheduleHandle
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.auditing import AuditActivity
from activities.temporal import JourneyActivities
from domain.errors import Unavailable
from domain.journey.state import journey_stream
from projections.audits import AuditFault, LastAudit, last_audit
from projections.reader import Reader
from tests.fix_engine import Bench
from tests.worker.audited import LITTLE, Ward, connect, found, until, ward_on
from worker.audit.schedule import keep_schedule
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.relay import tell
from workflows.audit import AuditWorkflow
from workflows.journey import JourneyWorkflow
from workflows.messages import AUDIT_WORKFLOW


@pytest.fixture
async def ward(bench: Bench, temporal_server: TemporalServer, tmp_path: Path) -> AsyncIterator[Ward]:
    """Nothing opened yet and no worker."""
    ward = ward_on(bench, await connect(temporal_server.address, create_keyring(tmp_path / "k")))
    yield ward
    ward.book.close()


@pytest.fixture
def reader(ward: Ward) -> Iterator[Reader]:
    """Of the audits."""
    with Reader(ward.bench.dsn, size=1) as reader:
        yield reader


@asynccontextmanager
async def kept(ward: Ward, name: str, interval: timedelta = timedelta(hours=1)) -> AsyncIterator[None]:
    """A worker that keeps a schedule of this name and looks after it every second."""
    stop = asyncio.Event()
    async with engine(ward.client, ward.bench.recorder, None, task_queue=ward.queue, auditor=ward.auditor):
        keeping = asyncio.create_task(
            keep_schedule(ward.client, stop, name=name, task_queue=ward.queue, interval=interval, look=1.0)
        )
        yield
        stop.set()
        await keeping
    await ward.client.get_schedule_handle(name).delete()


async def test_a_worker_that_starts_has_an_audit_run_at_once_and_heals_with_it(ward: Ward, reader: Reader) -> None:
    """A journey without a workflow is found without anybody asking; the next start audits again."""
    name, journey = f"audit-{uuid4()}", ward.bench.opened()

    async def healed() -> bool:
        last = await asyncio.to_thread(last_audit, reader)
        return last is not None and bool(last.audit.mended)

    async with kept(ward, name):
        await until(healed)
        await ward.level(journey)
        stop = asyncio.Event()
        before = await asyncio.to_thread(last_audit, reader)
        again = asyncio.create_task(keep_schedule(ward.client, stop, name=name, task_queue=ward.queue))

        async def audited_again() -> bool:
            return await asyncio.to_thread(last_audit, reader) != before

        await until(audited_again)
        stop.set()
        await again


async def test_a_deleted_schedule_comes_back_and_audits_at_once(ward: Ward, reader: Reader) -> None:
    """Deleted under a running worker, as with Temporal's database."""
    name = f"audit-{uuid4()}"
    handle = ward.client.get_schedule_handle(name)

    async def last() -> LastAudit | None:
        return await asyncio.to_thread(last_audit, reader)

    async def audited() -> bool:
        return await last() is not None

    async with kept(ward, name):
        await until(audited)
        first = await last()
        assert first is not None
        await handle.delete()

        async def another() -> bool:
            newest = await last()
            return newest is not None and newest.audit.audit != first.audit.audit

        await until(another)
        assert (await handle.describe()).schedule.policy.catchup_window == timedelta(minutes=1)


async def test_the_interval_of_this_release_replaces_that_of_an_older_one(ward: Ward) -> None:
    """A changed interval needs nobody's hand."""
    name = f"audit-{uuid4()}"
    handle = ward.client.get_schedule_handle(name)
    for hours in (1, 2):
        stop, interval = asyncio.Event(), timedelta(hours=hours)
        keeping = asyncio.create_task(
            keep_schedule(ward.client, stop, name=name, task_queue=ward.queue, interval=interval, look=60)
        )
        await until(partial(_every, handle, interval))
        stop.set()
        await keeping
    await handle.delete()


async def _every(handle: ScheduleHandle, interval: timedelta) -> bool:
    try:
        return (await handle.describe()).schedule.spec.intervals[0].every == interval
    except RPCError:
        return False


async def test_an_audit_that_fails_is_tried_again(ward: Ward) -> None:
    """The log is away the first two times: the same audit succeeds with the third, and the errors are codes."""
    tries = 0

    async def audit() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Unavailable("postgresql://somewhere is away")

    activities = [AuditActivity(audit).audit]
    async with Worker(ward.client, task_queue=ward.queue, workflows=[AuditWorkflow], activities=activities):
        await ward.client.execute_workflow(AUDIT_WORKFLOW, id=f"audit-{uuid4()}", task_queue=ward.queue)
    assert tries == 3


@asynccontextmanager
async def _audit_worker(ward: Ward, audit: object) -> AsyncIterator[None]:
    assert callable(audit)
    activities = [AuditActivity(audit).audit]
    async with Worker(ward.client, task_queue=ward.queue, workflows=[AuditWorkflow], activities=activities):
        yield


async def test_a_run_that_no_worker_polls_for_is_replaced(ward: Ward) -> None:
    """Pinned to a release whose workers are gone, it would let its moment pass: it goes on under the new release."""
    journey = ward.bench.opened()
    ward.journeys.append(journey)
    stream, name = journey_stream(journey), f"putokaz-{uuid4()}"
    async with _release(ward, name, "one"):
        await tell(ward.client, stream, ward.version(journey), task_queue=ward.queue)
        await ward.level()
    run = await ward.run_of(journey)
    described = await ward.handle(journey).describe()
    version = described.raw_description.workflow_execution_info.versioning_info.deployment_version
    assert (version.deployment_name, version.build_id) == (name, "one")
    # Temporal remembers for minutes who polled, and a poll may take one: in the test ten seconds have to do.
    ward.patience = replace(LITTLE, polled=timedelta(seconds=10))
    await asyncio.sleep(10)
    async with _release(ward, name, "two"):
        assert found(await ward.another().audit()) == {stream: (AuditFault.STUCK, True)}
        await ward.level()
        assert await ward.run_of(journey) != run


@asynccontextmanager
async def _release(ward: Ward, name: str, build: str) -> AsyncIterator[None]:
    """A worker of one release, to whose version everything new goes."""
    version = WorkerDeploymentVersion(name, build)
    worker = Worker(
        ward.client,
        task_queue=ward.queue,
        workflows=[JourneyWorkflow],
        activities=JourneyActivities(ward.bench.recorder, None).all(),
        activity_executor=ThreadPoolExecutor(4),
        deployment_config=WorkerDeploymentConfig(
            version, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.PINNED
        ),
    )
    async with worker:

        async def current() -> bool:
            request = SetWorkerDeploymentCurrentVersionRequest(
                namespace=ward.client.namespace, deployment_name=name, build_id=build
            )
            try:
                await ward.client.workflow_service.set_worker_deployment_current_version(request)
            except RPCError:  # it has not polled yet
                return False
            return True

        await until(current)
        yield
