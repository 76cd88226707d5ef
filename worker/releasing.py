"""Releases under running journeys: which release new runs begin with, and what is left of the older ones.

Every worker belongs to one release (Temporal: a version of the deployment `putokaz`). A journey's run is *pinned* to
the release that began it; when it continues as new, the next run begins with the *current* release. So workflow code
of two releases runs side by side, each on the histories that it wrote itself.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path

import structlog
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    DescribeWorkerDeploymentResponse,
    SetWorkerDeploymentCurrentVersionRequest,
)
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import PutokazError
from eventlog.unforeseen import kind_and_place
from worker.polling import polled_versions
from workflows.messages import LOOK_AGAIN, OF_STREAMS, TASK_QUEUE, Start, workflow_of

DEPLOYMENT = "putokaz"
UNVERSIONED = ""
"""The build id of runs and workers from before there were releases."""
SILENT_AFTER = timedelta(seconds=90)
"""A worker asks for work at least once a minute; one that was not heard of for so long is gone."""
BELIEVED_GONE_AFTER = 75.0
"""Seconds for which the current release must be seen without workers before another takes its place. A Temporal that
was started again knows of no worker until each has asked for work once more, which takes up to a minute."""
_LOOK = 5.0
"""Seconds between two looks of a worker whether the current release still has workers."""
_PATIENCE = timedelta(seconds=10)

_log = structlog.get_logger("putokaz.releases")


class ReleaseNotReady(PutokazError):
    """No worker of that release is running, so nothing may be given to it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One release. `workers`: whether any was heard of lately; `open_runs`: runs pinned to it."""

    build: str
    current: bool
    workers: bool
    open_runs: int

    @property
    def stranded(self) -> bool:
        """Journeys whose timers nobody watches: they are to be restarted."""
        return self.open_runs > 0 and not self.workers

    @property
    def idle(self) -> bool:
        """Its workers may be stopped: no run needs them any more."""
        return not self.current and not self.open_runs


def build_id(release: str) -> str:
    """The name of the release with a digest of its workflow code, so that two checkouts never pass for one release."""
    folder = Path(__file__).resolve().parent.parent / "workflows"
    digest = sha256(version_of("temporalio").encode())
    for file in sorted(folder.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{release}-{digest.hexdigest()[:10]}"


class Releases:
    """Asks and tells Temporal. Methods raise `RPCError` while it is away."""

    def __init__(self, client: Client, *, deployment: str = DEPLOYMENT, task_queue: str = TASK_QUEUE) -> None:
        self._client = client
        self._deployment = deployment
        self._task_queue = task_queue
        self._missed: tuple[str, float] | None = None
        """The current release, and since when (monotonic clock) every look found it without workers."""

    def version(self, build: str) -> WorkerDeploymentVersion:
        """What a worker of this release is given."""
        return WorkerDeploymentVersion(self._deployment, build)

    async def current(self) -> str | None:
        """The release with which new runs begin; None before the first one."""
        described = await self._described()
        build: str = described.worker_deployment_info.routing_config.current_deployment_version.build_id
        return build or None

    async def make_current(self, build: str) -> None:
        """New runs begin with this release, and those that hand over go on with it.

        Raises `ReleaseNotReady` where no worker of it is running.
        """
        if build not in await self._with_workers():
            raise ReleaseNotReady(f"no worker of release {build} is running: start one, then make it current")
        await self._client.workflow_service.set_worker_deployment_current_version(
            SetWorkerDeploymentCurrentVersionRequest(
                namespace=self._client.namespace,
                deployment_name=self._deployment,
                build_id=build,
                identity=DEPLOYMENT,
                # A queue that only the older release had is not a reason to stay with it.
                ignore_missing_task_queues=True,
            ),
            retry=True,
            timeout=_PATIENCE,
        )

    async def standings(self) -> list[Standing]:
        """Every release that Temporal knows, the newest first; last what has none, where anything is left of it."""
        described = await self._described()
        current = described.worker_deployment_info.routing_config.current_deployment_version.build_id
        alive = await self._with_workers()
        builds = [v.deployment_version.build_id for v in described.worker_deployment_info.version_summaries]
        found = [Standing(b, b == current, b in alive, await self._count(self._on(b))) for b in builds]
        unversioned = Standing(UNVERSIONED, not current, UNVERSIONED in alive, await self._count(self._on(UNVERSIONED)))
        return found + ([unversioned] if unversioned.open_runs or unversioned.workers else [])

    async def move(self, *, alone: bool = False) -> tuple[int, int]:
        """Runs of other releases go on with the current one now; how many were told, how many restarted.

        A run whose release has workers is told to look, finds that it is not the current one, and hands over in
        order. A run without workers is ended and begun again, which loses nothing: every run begins by loading its
        journey. `alone`: no other release has workers, whatever Temporal still believes.
        """
        told = restarted = 0
        for standing in await self.standings():
            if standing.current or standing.build == UNVERSIONED:
                continue  # what has no release goes over to the current one with its next task
            async for run in self._client.list_workflows(self._on(standing.build)):
                if standing.workers and not alone:
                    told += await self._tell(run.id)
                else:
                    await self._restart(run.id)
                    restarted += 1
        return told, restarted

    async def care(self, build: str, stop: asyncio.Event, *, alone: bool) -> None:
        """Beside a worker of this release, until `stop`: sees to it that somebody is there for new runs.

        The first release makes itself current, and so does one that finds the current one without workers for a while:
        somebody stopped them too early, and timers must go on. `alone` (a demo): there are no other workers, so it
        takes over at once and restarts what earlier releases left.
        """
        left_behind = alone
        while not stop.is_set():
            pause = _LOOK
            try:
                if await self._ours_to_take(build, alone=alone):
                    await self.make_current(build)
                    _log.info("this release is current now", release=build)
                if left_behind:
                    _, restarted = await self.move(alone=True)
                    _log.info("journeys of earlier releases restarted", count=restarted)
                    left_behind = False
            except ReleaseNotReady:
                pause = 0.5  # our own worker has not asked for work yet
            except RPCError as away:
                pause = 2.0
                _log.warning("releases cannot be looked after", away=away.status.name)
            except Exception as unforeseen:  # nobody waits for this task: ended, it would be missed by nobody
                _log.error("releases cannot be looked after", **kind_and_place(unforeseen))
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                continue

    async def _ours_to_take(self, build: str, *, alone: bool) -> bool:
        current = await self.current()
        if current == build:
            return False
        return alone or current is None or await self._is_gone(current)

    async def _is_gone(self, current: str) -> bool:
        """Whether it has been without workers for long enough, at every look."""
        if current in await self._with_workers():
            self._missed = None
            return False
        now = time.monotonic()
        if self._missed is None or self._missed[0] != current:
            self._missed = (current, now)
        return now - self._missed[1] >= BELIEVED_GONE_AFTER

    async def _described(self) -> DescribeWorkerDeploymentResponse:
        try:
            return await self._client.workflow_service.describe_worker_deployment(
                DescribeWorkerDeploymentRequest(namespace=self._client.namespace, deployment_name=self._deployment),
                retry=True,  # a busy deployment is asked again, with growing pauses
                timeout=_PATIENCE,
            )
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:  # no worker of any release has asked for work yet
                return DescribeWorkerDeploymentResponse()
            raise

    async def _with_workers(self) -> set[str]:
        """Releases of which a worker was heard of lately."""
        versions = await polled_versions(self._client, self._task_queue, SILENT_AFTER)
        return {each.build_id if each else UNVERSIONED for each in versions}

    def _on(self, build: str) -> str:
        """The running workflows of one release, as Temporal's list asks for them."""
        where = (
            f"TemporalWorkerDeploymentVersion = '{self._deployment}:{build}'"
            if build
            else "TemporalWorkerDeploymentVersion IS NULL"
        )
        return f"{where} AND {OF_STREAMS} AND TaskQueue = '{self._task_queue}' AND ExecutionStatus = 'Running'"

    async def _count(self, query: str) -> int:
        return (await self._client.count_workflows(query, rpc_timeout=_PATIENCE)).count

    async def _tell(self, stream: str) -> bool:
        try:
            await self._client.get_workflow_handle(stream).signal(LOOK_AGAIN, rpc_timeout=_PATIENCE)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:  # it ended meanwhile
                return False
            raise
        return True

    async def _restart(self, stream: str) -> None:
        workflow = workflow_of(stream)
        assert workflow is not None
        await self._client.start_workflow(
            workflow.value,
            Start(stream=stream),
            id=stream,
            task_queue=self._task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            rpc_timeout=_PATIENCE,
        )
