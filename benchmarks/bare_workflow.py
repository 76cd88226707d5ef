"""The bare part of a decision: an entity workflow whose Update runs a local activity that does nothing."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow


@activity.defn(name="bare-nothing")
def nothing() -> int:
    """What `record` would be without a database."""
    return 1


@workflow.defn(name="bare")
class BareWorkflow:
    """Waits for ever; each Update is one local activity."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def decide(self) -> int:
        """One no-op decision."""
        answer: int = await workflow.execute_local_activity(
            "bare-nothing", result_type=int, schedule_to_close_timeout=timedelta(seconds=4)
        )
        return answer
