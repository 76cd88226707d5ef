"""`python -m benchmarks.deciding`: Temporal's worker with our parts, without relay and audit, until it is killed.

A load has its workflows nowhere: relay and audit would start a hundred thousand of them while pages are measured.
"""

from __future__ import annotations

import asyncio

from worker.collecting import collect_rarely
from worker.engine import engine
from worker.mailing import deliverer
from worker.parts import START_PATIENCE, opened
from worker.settings import Settings, read_settings
from worker.temporal import temporal


async def _work(settings: Settings) -> None:
    client = await temporal(settings)
    with opened(settings, connections=12, patience=START_PATIENCE) as parts:
        async with engine(client, parts.recorder, deliverer(settings, parts)):
            await asyncio.Event().wait()


if __name__ == "__main__":
    collect_rarely()
    asyncio.run(_work(read_settings()))
