"""One workflow for each hand-over of a caseload: `handover-<uuid>`, the same name as its stream."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.HANDOVER.value)
class HandoverWorkflow(StreamLoop):
    """Has one thing after the other taken over: each is an errand, and so is the look at what there still is.

    It may be cut off between any two of them, or lost with Temporal's database: the log says what is under way.
    """

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Ends when a look has found nothing more, or when it was stopped; until then its own timer asks about it."""
        await self.live()
