"""A full disk: PostgreSQL on a small file system that is filled up while people decide, and emptied again."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.soak.faults import Done, Faults
from tests.soak.plan import Fault as PlannedFault
from tests.soak.plan import FaultKind, Part
from tests.soak.run import Ran, Say, Size, bench, judged, under_faults

_SIZE = Size(seconds=80.0, journeys=60, quiet=20, clients=32, quiet_every=20.0)
_MEGABYTES = 400
_FULL_FOR = 8.0
_TIMES = 4


def is_possible() -> bool:
    """Whether this account may mount a file system of its own."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


async def full_disk(seed: int, say: Say) -> Ran:
    """Four times there is no room for eight seconds. Raises `OSError` where nothing can be mounted."""
    mounted: list[Path] = []

    def mount(folder: Path) -> None:
        place = folder / "postgres"
        place.mkdir(mode=0o711)
        command = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m,mode=0711", "tmpfs", str(place)]
        subprocess.run(command, check=True)
        mounted.append(place)

    began = datetime.now(UTC)
    try:
        async with bench(_SIZE, seed, say, before=mount) as running:
            place = mounted[0]

            async def fill(faults: Faults) -> None:
                for _time in range(_TIMES):
                    await asyncio.sleep(8.0)
                    since = time.time()
                    say(f"disk full, {await asyncio.to_thread(_fill, place)} MB of ballast")
                    await asyncio.sleep(_FULL_FOR)
                    (place / "ballast").unlink()
                    faults.done.append(Done(FaultKind.DISK_FULL, Part.POSTGRES, since, time.time()))

            faults = await under_faults(running, _few(Random(seed)), _SIZE, also=fill)
            if not running.system.stack.postgres.is_running():
                await asyncio.to_thread(running.system.postgres.start)
            return await judged(running, faults, _SIZE, seed, began)
    finally:
        for place in mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=False)


def _fill(place: Path) -> int:
    """Takes all room there is; megabytes taken."""
    taken = 0
    with (place / "ballast").open("wb", buffering=0) as file:
        give_up = time.monotonic() + 5
        while time.monotonic() < give_up:
            try:
                taken += file.write(bytes(1 << 16))
            except OSError:
                break
    return taken >> 20


def _few(random: Random) -> Iterator[PlannedFault]:
    while True:
        part = random.choice((Part.WORKER, Part.WEB, Part.POSTGRES))
        yield PlannedFault(FaultKind.KILL, part, 6.0, 0.2, instance=random.random())
