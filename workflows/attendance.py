"""One workflow for each member of staff of whom something is said: `staff-<uuid>`, the same name as its stream."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.STAFF.value)
class AttendanceWorkflow(StreamLoop):
    """Waits for nothing: an absence ends by the clock alone. It does what leaving asks of others."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Ends at once where nobody leaves, else once the hand-over has begun."""
        await self.live()
