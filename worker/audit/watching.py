"""What Temporal shows of our workflows: all of them by their search attributes, one of them by asking itself."""

from __future__ import annotations

from datetime import timedelta

from temporalio.api.enums.v1 import PendingActivityState, VersioningBehavior
from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.common import SearchAttributeKey, TypedSearchAttributes
from temporalio.service import RPCError, RPCStatusCode

from worker.audit.judging import Seen, Trouble
from worker.polling import polled_versions
from workflows.messages import OF_STREAMS, Activity, Agenda

STREAM_VERSION = SearchAttributeKey.for_int("StreamVersion")
NEXT_WAKE = SearchAttributeKey.for_datetime("NextWake")
_PROBLEMS = SearchAttributeKey.for_keyword_list("TemporalReportedProblems")
_DEPLOYMENT_VERSION = SearchAttributeKey.for_keyword("TemporalWorkerDeploymentVersion")
_BEHAVIOUR = SearchAttributeKey.for_keyword("TemporalWorkflowVersioningBehavior")
_PINNED = "Pinned"

FAILING_AFTER = 3
"""A workflow task that is tried for so many times fails; one that a worker died over is tried twice."""
_CALL = timedelta(seconds=10)


class Runs:
    """The workflows of streams on one task queue. Every call raises `RPCError` where Temporal does not answer."""

    def __init__(self, client: Client, task_queue: str, *, answer: timedelta, polled: timedelta) -> None:
        self._client = client
        self._task_queue = task_queue
        self._answer = answer
        self._polled_within = polled
        self._polled: frozenset[str] = frozenset()

    async def running(self) -> dict[str, Seen]:
        """Every running workflow by its stream, as the visibility store has it: it may lag by seconds."""
        ours = f'{OF_STREAMS} AND TaskQueue = "{self._task_queue}"'
        query = f'{ours} AND ExecutionStatus = "Running"'
        found = {}
        async for execution in self._client.list_workflows(query, rpc_timeout=_CALL):
            shown = execution.typed_search_attributes
            trouble = self._trouble(shown)
            found[execution.id] = Seen(execution.run_id, shown.get(STREAM_VERSION), shown.get(NEXT_WAKE), trouble)
        return found

    async def ask(self, stream: str) -> Seen | None:
        """One workflow as it answers itself; None where none is running."""
        handle = self._client.get_workflow_handle(stream)
        try:
            described = await handle.describe(rpc_timeout=_CALL)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        if described.status is not WorkflowExecutionStatus.RUNNING:
            return None
        assert described.run_id is not None
        trouble = self._trouble_described(described)
        agenda = None if trouble is not None else await self._agenda(handle)
        if trouble is None and agenda is None:
            trouble = Trouble.SILENT
        pending = described.raw_description.pending_activities
        return Seen(
            run=described.run_id,
            version=agenda.version if agenda else None,
            wake=agenda.wake.at if agenda and agenda.wake else None,
            trouble=trouble,
            has_activities=bool(pending),
            has_letter_under_way=any(
                each.activity_type.name == Activity.DELIVER
                and each.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
                for each in pending
            ),
        )

    async def _agenda(self, handle: WorkflowHandle[object, object]) -> Agenda | None:
        try:
            agenda: Agenda | None = await handle.query("agenda", result_type=Agenda, rpc_timeout=self._answer)
        except (RPCError, WorkflowQueryFailedError):
            return None  # Temporal itself has answered a moment ago: it is this workflow that does not
        return agenda

    def _trouble(self, shown: TypedSearchAttributes) -> Trouble | None:
        if shown.get(_PROBLEMS):
            return Trouble.FAILING
        version = shown.get(_DEPLOYMENT_VERSION)
        if version and shown.get(_BEHAVIOUR) == _PINNED and version not in self._polled:
            return Trouble.STRANDED
        return None

    def _trouble_described(self, described: WorkflowExecutionDescription) -> Trouble | None:
        raw = described.raw_description
        if raw.pending_workflow_task.attempt >= FAILING_AFTER:
            return Trouble.FAILING
        versioning = raw.workflow_execution_info.versioning_info
        version = versioning.deployment_version
        pinned = versioning.behavior == VersioningBehavior.VERSIONING_BEHAVIOR_PINNED
        if pinned and f"{version.deployment_name}:{version.build_id}" not in self._polled:
            return Trouble.STRANDED
        return None

    async def look_for_workers(self) -> None:
        """Learns for which worker deployment versions somebody polls. A poll may take a minute, and shows late.

        Before `running` and `ask`.
        """
        versions = await polled_versions(self._client, self._task_queue, self._polled_within)
        self._polled = frozenset(f"{each.deployment_name}:{each.build_id}" for each in versions if each)
