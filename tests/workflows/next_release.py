"""The journey's workflow as a later release might have it: another sequence of commands, without a patch."""

from __future__ import annotations

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.JOURNEY.value)
class NextJourneyWorkflow(StreamLoop):
    """Waits a moment before it loads: a timer that the histories of the older release do not have."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """As the older release, a moment later."""
        await asyncio.sleep(0.01)
        await self.live()
