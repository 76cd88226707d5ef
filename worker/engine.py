"""The Temporal worker of this process: workflows in the sandbox, activities on threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from activities.auditing import AuditActivity
from activities.delivering import Deliverer
from activities.recording import Recorder
from activities.temporal import JourneyActivities
from worker.audit.auditor import Auditor
from worker.sandbox import ContextFreeSandboxRunner
from workflows.audit import AuditWorkflow
from workflows.journey import JourneyWorkflow
from workflows.messages import TASK_QUEUE

THREADS = 16
_LETTER_UNDER_WAY = timedelta(seconds=5)
"""A letter cut off between DATA and its receipt would be sent twice: a worker that stops lets it go out first."""


def engine(
    client: Client,
    recorder: Recorder,
    deliverer: Deliverer | None,
    *,
    task_queue: str = TASK_QUEUE,
    threads: int = THREADS,
    auditor: Auditor | None = None,
) -> Worker:
    """A worker for every workflow and activity there is; run it with `async with` or `run()`.

    Without an auditor, audits wait for a worker that has one.
    """
    activities = JourneyActivities(recorder, deliverer).all()
    if auditor is not None:
        activities.append(AuditActivity(auditor.audit).audit)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[JourneyWorkflow, AuditWorkflow],
        activities=activities,
        activity_executor=ThreadPoolExecutor(threads, thread_name_prefix="activity"),
        max_concurrent_activities=threads,
        max_concurrent_local_activities=threads,
        graceful_shutdown_timeout=_LETTER_UNDER_WAY,
        workflow_runner=ContextFreeSandboxRunner(),
        identity="putokaz",
    )
