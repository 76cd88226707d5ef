"""The codec on a real Temporal server, with the workflow in its sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowFailureError
from temporalio.converter import WorkflowSerializationContext
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import RestrictedWorkflowAccessError

from tests.worker.echo_workflow import ClockWorkflow, EchoWorkflow, shout
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring
from worker.sandbox import ContextFreeSandboxRunner

QUEUE = "echo"
CANARY = "Milica-Canary"


@pytest.fixture
async def client(temporal_server: TemporalServer, tmp_path: Path) -> AsyncIterator[Client]:
    """A client under the codec, with a worker behind it."""
    converter = data_converter(create_keyring(tmp_path / "ring"))
    client = await Client.connect(temporal_server.address, data_converter=converter)
    async with Worker(
        client,
        task_queue=QUEUE,
        workflows=[EchoWorkflow, ClockWorkflow],
        activities=[shout],
        workflow_runner=ContextFreeSandboxRunner(),
        workflow_failure_exception_types=[RestrictedWorkflowAccessError],
    ):
        yield client


async def history_of(server: TemporalServer, workflow_id: str) -> bytes:
    """All that the server holds of a workflow, as somebody without our keys gets it."""
    stranger = await Client.connect(server.address)
    events = (await stranger.get_workflow_handle(workflow_id).fetch_history()).events
    return b"".join(event.SerializeToString() for event in events)


async def test_a_workflow_runs_under_the_codec_and_shows_nothing(
    client: Client, temporal_server: TemporalServer
) -> None:
    """Argument, activity and result; the history holds none of it."""
    workflow_id = f"echo-{uuid4()}"
    result = await client.execute_workflow(EchoWorkflow.run, CANARY, id=workflow_id, task_queue=QUEUE)
    history = await history_of(temporal_server, workflow_id)
    assert result == CANARY.upper()
    assert CANARY.encode() not in history
    assert CANARY.upper().encode() not in history


async def test_a_failure_shows_its_type_only(client: Client, temporal_server: TemporalServer) -> None:
    """The caller reads the message; the server does not."""
    workflow_id = f"echo-{uuid4()}"
    with pytest.raises(WorkflowFailureError) as caught:
        await client.execute_workflow(EchoWorkflow.run, f"fail {CANARY}", id=workflow_id, task_queue=QUEUE)
    history = await history_of(temporal_server, workflow_id)
    assert isinstance(caught.value.cause, ActivityError)
    assert isinstance(caught.value.cause.cause, ApplicationError)
    assert caught.value.cause.cause.message == f"fail {CANARY}"
    assert b"Shouted" in history  # the control: we look where failures are
    assert CANARY.encode() not in history


async def test_the_sandbox_keeps_its_walls(client: Client) -> None:
    """Ours asks less often in which context a payload stands; a workflow that reads the clock still fails."""
    with pytest.raises(WorkflowFailureError) as caught:
        await client.execute_workflow(ClockWorkflow.run, id=f"clock-{uuid4()}", task_queue=QUEUE)
    assert isinstance(caught.value.cause, ApplicationError)
    assert caught.value.cause.type == RestrictedWorkflowAccessError.__name__


def test_nothing_of_ours_depends_on_a_context(tmp_path: Path) -> None:
    """What the sandbox takes for granted: with a context, codec and converters are the same."""
    converter = data_converter(create_keyring(tmp_path / "ring"))
    assert converter.with_context(WorkflowSerializationContext(namespace="n", workflow_id="w")) is converter
