"""One workflow for each client journey: `journey-<uuid4>`, the same name as its stream."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.JOURNEY.value)
class JourneyWorkflow(StreamLoop):
    """Accompanies a journey for as long as it is open, months or years."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Ends when the journey is closed or merged; a command that reopens it starts the next run."""
        await self.live()
