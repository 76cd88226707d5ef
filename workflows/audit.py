"""The audit of all workflows, started by a Temporal Schedule: it asks for the activity and holds no rule."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.messages import AUDIT_WORKFLOW, Activity

_LONGEST = timedelta(minutes=30)
_SIGN_OF_LIFE = timedelta(minutes=1)
_AGAIN = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=1),
    maximum_attempts=8,  # then the schedule begins the next one
)


@workflow.defn(name=AUDIT_WORKFLOW)
class AuditWorkflow:
    """One audit. Fails where log or Temporal stayed away; the next one comes with the schedule."""

    @workflow.run
    async def run(self) -> None:
        await workflow.execute_activity(
            Activity.AUDIT, start_to_close_timeout=_LONGEST, heartbeat_timeout=_SIGN_OF_LIFE, retry_policy=_AGAIN
        )
