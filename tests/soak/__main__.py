"""`python -m tests.soak`: the fault run with its controls, and its report."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import randbelow

from tests.soak.controls import Control, forgotten_keys, on_a_judged_system, unsafe_commit
from tests.soak.disk import full_disk, is_possible
from tests.soak.plan import plan
from tests.soak.report import RATE, REPORT, write
from tests.soak.run import Ran, Size, bench, judged, not_reached, under_faults

_BEGAN = time.monotonic()
_QUIET_DAYS = 1.25
"""Of the log, between two decisions on a quiet journey, which moves its date by one or two: some dates are reached."""


class Controls(StrEnum):
    """Which controls are run."""

    ALL = "all"
    QUICK = "quick"
    NONE = "none"


def say(line: str) -> None:
    """One line of progress."""
    print(f"[{time.monotonic() - _BEGAN:7.1f} s] {line}", flush=True)


async def soak(options: argparse.Namespace) -> int:
    """The run, the full disk, the controls; 1 when a promise was broken or a control not seen."""
    size = Size(
        options.minutes * 60,
        journeys=options.journeys,
        quiet=options.quiet,
        clients=options.clients,
        rate=options.rate,
        quiet_every=_QUIET_DAYS * 86_400 / options.rate,
    )
    say(f"seed {options.seed}, {options.minutes:g} minutes, a fault every {options.every:g} s")
    controls: list[Control] = []
    expected = int(size.seconds / options.every)
    losses = frozenset({expected // 3, 2 * expected // 3}) if expected >= 30 else frozenset[int]()
    began = datetime.now(UTC)
    async with bench(size, options.seed, say) as running:
        faults = await under_faults(running, plan(options.seed, every=options.every, losses=losses), size)
        ran = await judged(running, faults, size, options.seed, began)
        _show(ran)
        if options.controls is not Controls.NONE:
            say("controls on this system")
            controls += await on_a_judged_system(running, ran.faults)
    if options.report is not None:
        write(options.report, ran, None, controls, every=options.every)
    disk: Ran | None = None
    if is_possible() and options.disk:
        say("a full disk")
        disk = await full_disk(options.seed, say)
        _show(disk)
    if options.controls is Controls.ALL:
        say("control: synchronous_commit=off")
        controls.append(await unsafe_commit(options.seed, say))
        say("control: clients that forget their keys")
        controls.append(await forgotten_keys(options.seed, say))
    for control in controls:
        seen = "seen" if control.seen else "NOT SEEN"
        say(f"control {seen}: {control.name} ({control.found} × {control.wanted})")
    if options.report is not None:
        write(options.report, ran, disk, controls, every=options.every)
        say(f"report in {options.report}")
    missed = not_reached(ran.faults)
    for checkpoint in missed:
        say(f"NOTHING DIED AT a checkpoint: {checkpoint}")
    good = (
        not missed
        and ran.verdict.kept
        and (disk is None or disk.verdict.kept)
        and all(control.seen for control in controls)
    )
    return 0 if good else 1


def _show(ran: Ran) -> None:
    for name, value in ran.verdict.figures.items():
        say(f"  {name}: {value}")
    for ended in ran.unasked:
        say(f"  ended unasked: {ended.name}, code {ended.code}\n{ended.words}")
    for line in ran.verdict.lines():
        say(line)


def arguments() -> argparse.ArgumentParser:
    """What `make soak ARGS="…"` takes."""
    parser = argparse.ArgumentParser(prog='make soak ARGS="…"', description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long faults come (default 10)")
    parser.add_argument(
        "--seed", type=int, default=None, help="of the plan of faults and decisions (default: a new one)"
    )
    parser.add_argument("--every", type=float, default=1.4, help="seconds between faults, on average (default 1.4)")
    parser.add_argument(
        "--rate",
        type=float,
        default=RATE,
        help="log seconds in a second (default 720). The pauses between two tries of a letter are real ones, and 14 "
        "days of the log after which it is given up should be many of them",
    )
    parser.add_argument("--journeys", type=int, default=300, help="open journeys (default 300)")
    parser.add_argument(
        "--quiet", type=int, default=90, help="of them such whose timers have time to run out (default 90)"
    )
    parser.add_argument("--clients", type=int, default=64, help="people who decide at the same time (default 64)")
    parser.add_argument(
        "--controls",
        type=Controls,
        choices=list(Controls),
        default=Controls.ALL,
        help="those on the judged system only, those with runs of their own as well, or none (default all)",
    )
    parser.add_argument("--no-disk", dest="disk", action="store_false", help="without the full disk")
    parser.add_argument(
        "--report", type=Path, nargs="?", const=REPORT, help=f"write the figures into {REPORT.name} (or another file)"
    )
    return parser


def main() -> int:
    """Reads the options."""
    options = arguments().parse_args()
    if options.seed is None:
        options.seed = randbelow(1_000_000)
    os.environ.pop("PUTOKAZ_STATE", None)
    return asyncio.run(soak(options))


if __name__ == "__main__":
    sys.exit(main())
