"""The SDK's workflow sandbox, without a visit to it for every payload.

The SDK asks each workflow, inside its sandbox and on the worker's one event loop, in which context a payload is to be
encoded: three or four times a payload, and each visit swaps imports and builtins of the whole process. Our codec and
converters know no context (`worker/codec.py`), so the answer is always the same.
"""

from __future__ import annotations

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

_NOWHERE = StorageDriverStoreContext(target=None)


class ContextFreeSandboxRunner(SandboxedWorkflowRunner):
    """Runs workflows in the same sandbox with the same restrictions. For converters and codecs without a context."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """The sandboxed instance, with its context known from the start."""
        return _ContextFree(super().create_instance(det))


class _ContextFree(WorkflowInstance):
    def __init__(self, sandboxed: WorkflowInstance) -> None:
        self._sandboxed = sandboxed

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._sandboxed.activate(act)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return _NOWHERE

    def get_info(self) -> Info:
        return self._sandboxed.get_info()

    def get_thread_id(self) -> int | None:
        return self._sandboxed.get_thread_id()
