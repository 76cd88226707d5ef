"""`python -m benchmarks`, `make bench`: hours with a country loaded; a whole run writes docs/performance.md."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import append, decision, exports, fold, open_journeys, pages, projection, reminders, replay, whole_log
from benchmarks.federation.filling import Size
from benchmarks.measure import Result
from benchmarks.report import conditions, show, write
from benchmarks.stand import Stand, stand
from worker.collecting import collect_rarely
from worker.settings import CHECKOUT

PAGE = CHECKOUT / "docs" / "performance.md"
PARTS = (
    "append",
    "decision",
    "projection",
    "fold",
    "whole-log",
    "exports",
    "open-journeys",
    "reminders",
    "pages",
    "replay",
)
JOURNEYS = 10_000
COUNTRY = Size(100_000, 5_000_000)
SAMPLE = 1.0
"""Seconds for each sample of an append rate."""


def main() -> None:
    """Measures, prints, and writes the page where one is named."""
    arguments = _arguments()
    parts: dict[str, Callable[[Stand], list[Result]]] = {
        "append": lambda on: append.run(on, arguments.rounds, SAMPLE),
        "decision": lambda on: decision.run(on, arguments.rounds),
        "projection": lambda on: projection.run(on, arguments.rounds),
        "fold": lambda on: fold.run(on, arguments.rounds),
        "whole-log": lambda on: whole_log.run(on, arguments.rounds),
        "exports": lambda on: exports.run(on, arguments.rounds),
        "open-journeys": lambda on: open_journeys.run(on, arguments.rounds, arguments.journeys),
        "reminders": lambda on: reminders.run(on, arguments.rounds, max(1, arguments.journeys // 20)),
        "pages": lambda on: pages.run(arguments.keep, arguments.rounds, Size(arguments.country, arguments.events)),
        "replay": lambda on: replay.run(arguments.keep, arguments.rounds, Size(arguments.country, arguments.events)),
    }
    collect_rarely()  # as every process of ours does
    load_before = os.getloadavg()[0]
    began = time.monotonic()
    results: list[Result] = []
    with stand() as on:
        for name in arguments.only or parts:
            print(f"{name} … ({time.monotonic() - began:.0f} s)", flush=True)
            results += parts[name](on)
        command = " ".join(
            [
                "python -m benchmarks",
                *(f"--only {name}" for name in arguments.only or ()),
                *([f"--journeys {arguments.journeys}"] if arguments.journeys != JOURNEYS else []),
                *([f"--country {arguments.country}"] if arguments.country != COUNTRY.journeys else []),
                *([f"--events {arguments.events}"] if arguments.events != COUNTRY.events else []),
            ]
        )
        found = conditions(on, command, arguments.rounds, load_before)
    show(results)
    print(f"\n{found}\n- Took {time.monotonic() - began:.0f} s.")
    if not arguments.only and not arguments.dry:
        write(PAGE, results, found)
        print(f"- Written: {PAGE}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds, besides one that is not counted")
    parser.add_argument("--journeys", type=int, default=JOURNEYS, help="open ones, for open-journeys (default 10000)")
    parser.add_argument("--country", type=int, default=COUNTRY.journeys, help="journeys of the last two parts (100000)")
    parser.add_argument("--events", type=int, default=COUNTRY.events, help="their events, nearly (5000000)")
    parser.add_argument("--keep", type=Path, help="folder that keeps what the last two parts load, for the next time")
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    main()
