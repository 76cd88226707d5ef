"""The table of files that last long names files that exist, and is what a measured run says."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.sources import ROOT
from tests.fix_order import SECONDS
from tools.refresh_order import PLACE, measured, table, write

REPORT = """<testsuites><testsuite>
<testcase classname="tests.architecture.test_order" name="one" time="12.25"/>
<testcase classname="tests.architecture.test_order.TestOfAClass" name="two" time="8.5"/>
<testcase classname="tests.architecture.test_rooms" name="short" time="19.9"/>
<testcase classname="somewhere.test_else" name="gone" time="300"/>
</testsuite></testsuites>"""


def test_every_file_of_the_table_is_there() -> None:
    """One that was renamed would come last again."""
    assert [name for name in SECONDS if not (ROOT / name).is_file()] == []


def test_the_table_is_written_from_a_report(tmp_path: Path) -> None:
    """Files are summed, short ones and strange ones left out, and nothing else of the module changes."""
    report, place = tmp_path / "run.xml", tmp_path / "fix_order.py"
    report.write_text(REPORT, "utf-8")
    found = table(measured(report))
    assert found == {"tests/architecture/test_order.py": 20}
    before = PLACE.read_text("utf-8")
    place.write_text(before, "utf-8")
    write(found, place)
    assert '= {\n    "tests/architecture/test_order.py": 20,\n}\n' in place.read_text("utf-8")
    write(SECONDS, place)
    assert place.read_text("utf-8") == before
