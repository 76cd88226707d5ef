"""One workflow for each contact at the hotline that owes something: `contact-<uuid4>`, the same name as its stream."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.loop import StreamLoop
    from workflows.messages import Start, WorkflowType


@workflow.defn(name=WorkflowType.CONTACT.value)
class ContactWorkflow(StreamLoop):
    """Accompanies a contact while a call-back is promised or a danger is not settled; a silent call for a moment."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Ends when nothing is owed any more; a command that promises something again starts the next run."""
        await self.live()
