"""One workflow for each field mission: `mission-<uuid4>`, the same name as its stream."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.MISSION.value)
class MissionWorkflow(StreamLoop):
    """Waits for a team from the plan to the report: hours or days, in which it wakes by the minute."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Ends when the mission is reported on or cancelled; a corrected report starts one more run."""
        await self.live()
