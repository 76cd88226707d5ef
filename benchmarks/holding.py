"""`python -m benchmarks.holding`: a worker, ours or the bare one, in a process of its own with memory of its own."""

from __future__ import annotations

import argparse
import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from temporalio.client import Client
from temporalio.worker import Worker

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.planning import Recipient
from activities.postbox import Postbox
from activities.recording import Recorder
from benchmarks.bare_timer import BareTimer
from eventlog.log import EventLog
from vault.preferences import Pace, Preferences
from worker.codec import data_converter
from worker.collecting import collect_rarely
from worker.engine import THREADS, engine
from worker.keyring import load_keyring
from worker.sandbox import ContextFreeSandboxRunner
from worker.settings import CHECKOUT
from workflows.messages import TASK_QUEUE

BARE_QUEUE = "bare"
_EACH = Preferences(pace=Pace.EACH, quiet_from=None, quiet_until=None)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff with this id who wants each letter at once."""

    id: UUID
    locale: str = "sr"
    roles: frozenset[str] = frozenset()
    preferences: Preferences = _EACH

    @property
    def email(self) -> str:
        """An invented address."""
        return f"{self.id.hex}@example.org"


class Everybody:
    """A directory that knows whoever is asked for: as many people as journeys, so that no one's letters queue up."""

    def get(self, staff_id: UUID, /) -> Recipient:
        """Always somebody."""
        return Colleague(staff_id)

    def all(self) -> list[Recipient]:
        """Nobody has a role."""
        return []


def main() -> None:
    """Works until it is killed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.holding", description=__doc__)
    parser.add_argument("kind", choices=["ours", "bare"])
    parser.add_argument("address", help="of Temporal")
    parser.add_argument("--log", help="address of the log's database")
    parser.add_argument("--keyring", type=Path)
    parser.add_argument("--smtp", type=int, help="port of the mail server")
    arguments = parser.parse_args()
    collect_rarely()
    asyncio.run(_ours(arguments) if arguments.kind == "ours" else _bare(arguments))


async def _ours(arguments: argparse.Namespace) -> None:
    converter = data_converter(load_keyring(arguments.keyring))
    client = await Client.connect(arguments.address, data_converter=converter)
    with EventLog(arguments.log, size=12) as log:
        recorder = Recorder(log, PathwayStore(CHECKOUT / "pathways"), "bench", rights=NO_RIGHTS_ASKED)
        deliverer = None
        if arguments.smtp:
            postbox = Postbox("127.0.0.1", arguments.smtp, "putokaz@example.org")
            deliverer = Deliverer(log, Everybody(), postbox, lambda code: f"https://putokaz.example.org/j/{code}")
        async with engine(client, recorder, deliverer, task_queue=TASK_QUEUE):
            await asyncio.Event().wait()


async def _bare(arguments: argparse.Namespace) -> None:
    client = await Client.connect(arguments.address)
    worker = Worker(
        client,
        task_queue=BARE_QUEUE,
        workflows=[BareTimer],
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=ContextFreeSandboxRunner(),
    )
    async with worker:
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
