"""The Temporal worker of this process: workflows in the sandbox, activities on threads, letters on their own queue.

A mail server that hangs keeps each letter for as long as we let it. There such letters take no place from decisions,
timers and relays.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.auditing import AuditActivity
from activities.delivering import Deliverer
from activities.pulse import TO_ITS_END
from activities.recording import Recorder
from activities.temporal import JourneyActivities
from worker.audit.auditor import Auditor
from worker.sandbox import ContextFreeSandboxRunner
from workflows.attendance import AttendanceWorkflow
from workflows.audit import AuditWorkflow
from workflows.contact import ContactWorkflow
from workflows.handover import HandoverWorkflow
from workflows.journey import JourneyWorkflow
from workflows.messages import TASK_QUEUE, letters_queue
from workflows.mission import MissionWorkflow

THREADS = 16
LETTERS = 64
"""Letters under way at the same time in this process; most of that is waiting for a mail server."""
_CLAIM = timedelta(seconds=2)
"""Temporal keeps a workflow's tasks for the worker that has it in memory. Where that one died, another takes over after
this long: within the patience of the person who waits."""
_LETTER_UNDER_WAY = timedelta(seconds=TO_ITS_END)
"""A letter cut off between DATA and its receipt would be sent twice: a worker that stops lets it go out first."""


@asynccontextmanager
async def engine(
    client: Client,
    recorder: Recorder,
    deliverer: Deliverer | None,
    *,
    task_queue: str = TASK_QUEUE,
    threads: int = THREADS,
    auditor: Auditor | None = None,
    version: WorkerDeploymentVersion | None = None,
    journey: type = JourneyWorkflow,
) -> AsyncIterator[None]:
    """Workers for every workflow and activity there is, at work inside the block.

    Without an auditor, audits wait for a worker that has one. With a `version` it takes the runs that are pinned to
    that release and, once the release is current, new ones (`worker.releasing`); without one, what no release has: the
    time-skipping server knows no releases. Letters know no release: any worker hands them over.
    `journey`: the journey's workflow; tests give that of another release.
    """
    ours = JourneyActivities(recorder, deliverer)
    activities = ours.all()  # `deliver` too: runs that began before letters had a queue ask for it here
    if auditor is not None:
        activities.append(AuditActivity(auditor.audit).audit)
    decisions = Worker(
        client,
        task_queue=task_queue,
        workflows=[
            journey,
            ContactWorkflow,
            MissionWorkflow,
            AttendanceWorkflow,
            HandoverWorkflow,
            AuditWorkflow,
        ],
        activities=activities,
        activity_executor=ThreadPoolExecutor(threads, thread_name_prefix="activity"),
        max_concurrent_activities=threads,
        max_concurrent_local_activities=threads,
        sticky_queue_schedule_to_start_timeout=_CLAIM,
        graceful_shutdown_timeout=_LETTER_UNDER_WAY,
        workflow_runner=ContextFreeSandboxRunner(),
        identity="putokaz",
        deployment_config=_pinned_to(version) if version else None,
    )
    letters = Worker(
        client,
        task_queue=letters_queue(task_queue),
        activities=[ours.deliver],
        max_concurrent_activities=LETTERS,
        graceful_shutdown_timeout=_LETTER_UNDER_WAY,
        identity="putokaz-letters",
    )
    async with decisions, letters:
        yield


def _pinned_to(version: WorkerDeploymentVersion) -> WorkerDeploymentConfig:
    """A run stays with the release that began it until it hands over to the next run."""
    return WorkerDeploymentConfig(
        version=version, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.PINNED
    )
