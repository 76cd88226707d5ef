"""The figures: as a table on the terminal, and in docs/performance.md between its two marks."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.measure import Claim, Result
from benchmarks.stand import Stand
from worker.development.temporal import find_dev_server

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def show(results: Sequence[Result]) -> None:
    """Prints the table."""
    print(f"{'':52}{'ours':>12}{'bare':>12}  {'unit':12}{'ratio':>6}  {'of a round':>13}  target")
    for result in results:
        print(
            f"{result.part + ': ' + result.what:52.52}{_median(result.ours):>12}{_median(result.bare):>12}  "
            f"{result.unit:12}{_ratio(result):>6}  {_spread(result):>13}  {_target(result)}"
        )


def write(page: Path, results: Sequence[Result], conditions: str) -> None:
    """Replaces what stands between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{conditions}\n\n{_table(results)}\n{END}{after}", encoding="utf-8")


def conditions(stand: Stand, command: str, rounds: int, load_before: float) -> str:
    """Under which conditions the figures came to be."""
    with psycopg.connect(stand.postgres.dsn()) as connection:
        found = connection.execute("SELECT current_setting('server_version')").fetchone()
    postgres = found[0] if found else "?"
    version = subprocess.run([find_dev_server(), "--version"], capture_output=True, text=True, check=True)
    temporal = version.stdout.strip().removeprefix("temporal version ")
    cores = os.cpu_count() or 1
    busy = [
        "- **The machine was busy with other work**: take no absolute rate from here, and the ratios with their spread."
    ]
    return "\n".join(
        [
            f"- Command: `{command}`; medians of {rounds} interleaved rounds.",
            f"- When: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.",
            f"- Machine: {cores} cores, {_processor()}, {platform.system()} {platform.release()}; "
            f"load average {load_before:.1f} before the run.",
            f"- Python {platform.python_version()}, PostgreSQL {postgres} (embedded; fsync, synchronous_commit and "
            f"full_page_writes on), Temporal dev server on a file (CLI {temporal}).",
            *(busy if load_before > cores / 2 else []),
        ]
    )


def _table(results: Sequence[Result]) -> str:
    lines = [
        "| Part | What | Bare part | Ours | Bare | Ratio | Ratios of single rounds | Target | Reached |",
        "|---|---|---|---:|---:|---:|---|---|---|",
    ]
    for result in results:
        reached = {True: "yes", False: "**no**", None: ""}[result.reached]
        lines.append(
            f"| {result.part} | {result.what} | {result.bare_is} | {_median(result.ours)} {result.unit} "
            f"| {f'{_median(result.bare)} {result.unit}' if result.bare else ''} "
            f"| {f'**{_ratio(result)}**' if result.bare else ''} | {_spread(result)} | {_target(result)} | {reached} |"
        )
    return "\n".join(lines)


def _ratio(result: Result) -> str:
    return "" if result.ratio is None else f"{result.ratio:.2f}"


def _spread(result: Result) -> str:
    return "" if result.spread is None else f"{result.spread[0]:.2f} to {result.spread[1]:.2f}"


def _target(result: Result) -> str:
    if result.target is None:
        return ""
    if result.claim is Claim.RATIO:
        return f"{result.better.value} {result.target}"
    return f"{result.better.value} {_number(result.target)} {result.unit}".rstrip()


def _median(samples: Sequence[float]) -> str:
    return _number(statistics.median(samples)) if samples else ""


def _number(value: float) -> str:
    if value < 10:
        return f"{value:.2f}"
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
