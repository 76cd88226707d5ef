"""Temporal's development server: started, restarted on its file, found ports, the time-skipping server."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from worker.development import ports
from worker.development.processes import Children
from worker.development.temporal import TemporalServer


async def _attributes(server: TemporalServer) -> dict[str, int]:
    client = await Client.connect(server.address)
    answer = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="default"))
    return dict(answer.custom_attributes)


@pytest.mark.asyncio
async def test_it_serves_with_our_search_attributes(temporal_server: TemporalServer) -> None:
    """The relay's audit compares heads and wakes with these two."""
    assert {"StreamVersion", "NextWake"} <= set(await _attributes(temporal_server))


@pytest.mark.asyncio
async def test_a_killed_server_comes_back_with_its_histories(tmp_path: Path) -> None:
    """A kill -9 in the middle loses no started workflow, and the address stays."""
    with Children(tmp_path / "run") as children:
        server = TemporalServer(tmp_path, children, database=tmp_path / "temporal.db", headless=True)
        server.start()
        address = server.address
        client = await Client.connect(address)
        handle = await client.start_workflow("Anything", id="kept", task_queue="nobody-polls")
        os.kill(server.pid, signal.SIGKILL)
        children.watch()
        assert not server.is_running()
        server.restart()
        assert server.address == address
        again = await Client.connect(address)
        description = await again.get_workflow_handle("kept").describe()
        assert description.run_id == handle.result_run_id


def test_taken_ports_are_avoided(tmp_path: Path) -> None:
    """Somebody else's server on the default port is no obstacle."""
    with socket.create_server(("127.0.0.1", 0)) as other, Children(tmp_path / "run") as children:
        taken = other.getsockname()[1]
        server = TemporalServer(tmp_path, children, port=taken, ui_port=taken)
        server.start()
        assert len({taken, server.port, server.ui_port}) == 3
        assert server.ui_url == f"http://127.0.0.1:{server.ui_port}"


@pytest.mark.parametrize("lost", ["port", "ui_port"])
def test_a_port_lost_in_the_last_moment_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    """Between our look and the server's bind somebody else may be quicker."""
    with socket.create_server(("127.0.0.1", 0)) as other, Children(tmp_path / "run") as children:
        free = [ports.any_free() for _ in range(3)]
        taken = other.getsockname()[1]
        answers = [taken, *free] if lost == "port" else [free[0], taken, *free[1:]]
        monkeypatch.setattr(ports, "choose", lambda *args, **kwargs: answers.pop(0))
        server = TemporalServer(tmp_path, children)
        server.start()
        assert server.is_running()
        assert answers == []


@pytest.mark.asyncio
async def test_the_time_skipping_server_starts_offline(time_skipping_server: Path) -> None:
    """Without this program the SDK would download one."""
    environment = await WorkflowEnvironment.start_time_skipping(test_server_existing_path=str(time_skipping_server))
    async with environment:
        assert environment.supports_time_skipping
