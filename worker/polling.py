"""Which releases have workers: whoever asked Temporal for work on a queue lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion

_CALL = timedelta(seconds=10)


async def polled_versions(
    client: Client, task_queue: str, within: timedelta
) -> frozenset[WorkerDeploymentVersion | None]:
    """The deployment versions of the workers that were heard of `within` this time; None stands for one without.

    A worker asks at least once a minute, and that shows late. Raises `RPCError`.
    """
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=task_queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        ),
        retry=True,
        timeout=_CALL,
    )
    since = datetime.now(UTC) - within
    options = (p.deployment_options for p in answer.pollers if p.last_access_time.ToDatetime(UTC) >= since)
    return frozenset(
        WorkerDeploymentVersion(each.deployment_name, each.build_id) if each.deployment_name else None
        for each in options
    )
