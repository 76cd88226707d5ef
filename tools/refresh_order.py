"""Writes the table of test files that last long, `SECONDS` of `tests/fix_order.py`, from a measured run.

make test ARGS='--junitxml=run.xml' && python -m tools.refresh_order run.xml
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "tests" / "fix_order.py"
SHORTEST = 20
"""Seconds below which a file may come at any time."""
_TABLE = re.compile(r"(?<=^SECONDS: Mapping\[str, int\] = \{\n).*?(?=^\})", re.DOTALL | re.MULTILINE)


def measured(report: Path) -> Iterator[tuple[str, float]]:
    """Each test's file and seconds, with what was set up for it, from a report that pytest wrote (JUnit's XML)."""
    for case in ElementTree.parse(report).iter("testcase"):
        parts = case.get("classname", "").split(".")
        while parts and not (ROOT.joinpath(*parts).with_suffix(".py")).is_file():
            parts.pop()  # a class of tests is named behind its module
        if parts:
            yield f"{'/'.join(parts)}.py", float(case.get("time", 0))


def table(times: Iterable[tuple[str, float]]) -> Mapping[str, int]:
    """The files that last long, by name."""
    sums: Counter[str] = Counter()
    for file, seconds in times:
        sums[file] += round(seconds * 1000)
    return {file: total // 1000 for file, total in sorted(sums.items()) if total >= SHORTEST * 1000}


def write(seconds: Mapping[str, int], place: Path = PLACE) -> None:
    """Puts the table in the place of the one that is there."""
    lines = "".join(f'    "{file}": {number},\n' for file, number in seconds.items())
    place.write_text(_TABLE.sub(lines, place.read_text("utf-8"), count=1), "utf-8")


if __name__ == "__main__":
    write(table(measured(Path(sys.argv[1]))))
