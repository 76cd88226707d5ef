"""HTCDS: written under the names of its Field Standards, and read under every name that its variants use."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.pathway_files import PathwayStore
from analysis.exports.ctdc import COLUMNS, MISSING, Ctdc, exploitation
from analysis.exports.cut import Cut
from analysis.exports.grids import ForeignFile, grid_of
from analysis.exports.htcds import FILLED, Htcds, empty
from analysis.exports.htcds_fields import exported, field_called, fields
from analysis.exports.htcds_reading import Reading, read_file, read_grid
from analysis.exports.pseudonyms import Pseudonyms
from domain.pathway.model import Pathway, Pin
from projections.reader import Reader
from tests.analysis.exports.conftest import log_of, made
from worker.settings import CHECKOUT

NAMES = {each.name: each for each in fields()}


def pathways(pin: Pin) -> Pathway:
    """Those of this checkout."""
    return PathwayStore(CHECKOUT / "pathways").find(pin).pathway


@pytest.fixture(scope="module")
def written(caseload: Reader, whole: Cut, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both files of the demonstration."""
    folder = tmp_path_factory.mktemp("htcds")
    made(Htcds(log_of(caseload, whole), Pseudonyms(bytes(32)), pathways), folder / "htcds.csv")
    made(Ctdc(log_of(caseload, whole), pathways), folder / "ctdc.csv")
    return folder


def test_the_field_list_is_that_of_the_standard() -> None:
    """83 fields, of which 38 are the core in use (`HTCDS Field Standards 2.0.ods`)."""
    assert len(fields()) == 83
    assert sum(each.core and not each.deprecated for each in fields()) == 38
    assert set(FILLED) | set(empty()) == {each.name for each in exported()}
    assert NAMES["vic_RelationshipToTrafficker"].choices["Unaquainted"] == "Unaquainted"


def test_what_is_written_holds_codes_of_the_standard_and_is_read_back(written: Path) -> None:
    """Without a problem in any row; the columns that cannot be filled are empty."""
    with (written / "htcds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 20
    assert list(rows[0]) == [each.name for each in exported()]
    for row in rows:
        assert all(not row[name] for name in empty())
        for name in FILLED:
            if NAMES[name].choices and row[name]:
                assert set(row[name].split(";")) <= set(NAMES[name].choices), name
    for name in ("vic_TraffickingStatus", "vic_MethodsOfControl", "cas_CaseOwner", "cas_OutgoingReferralDate"):
        assert any(row[name] for row in rows), name
    reading = read_file(written / "htcds.csv")
    assert reading.problems == ()
    assert [row.problems for row in reading.rows if row.problems] == []
    assert len(reading.rows) == len(rows)


def test_the_table_of_ctdc_has_its_columns_and_says_what_is_missing(written: Path) -> None:
    """63 columns; flags are 0, 1 or -99."""
    with (written / "ctdc.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(COLUMNS) == len(set(COLUMNS)) == 63
    assert list(rows[0]) == list(COLUMNS)
    flags = [name for name in COLUMNS if name.startswith(("is", "meansOf", "typeOf")) and "Concatenated" not in name]
    assert {row[name] for row in rows for name in flags} == {"0", "1", MISSING}
    assert {row["gender"] for row in rows} == {MISSING}
    assert any(row["meansOfControlDebtBondage"] != MISSING for row in rows)


def test_kinds_of_exploitation_become_flags() -> None:
    """Both kinds together have a flag of their own; of nothing known nothing follows."""
    said = exploitation(["SexualExploitation", "ForcedBegging"])
    assert (said["isSexualExploit"], said["isForcedLabour"], said["isSexAndLabour"]) == ("1", "1", "1")
    assert said["isOrganRemoval"] == "0"
    assert said["typeOfExploitConcatenated"] == "ForcedLabour;SexualExploit"
    assert exploitation([]) == exploitation(None) == {}
    assert set(said) <= set(COLUMNS)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("prs_First_Name", "prs_FirstName"),
        ("prs_Second_Name", "prs_SecondName"),
        ("vic_Methods_of_Control", "vic_MethodsOfControl"),
        ("vic_TraffickinStatusDecisionMakingOrg", "vic_TraffickingStatusDecisionMakingOrg"),
        ("Trafficking Status Decision Making Organization", "vic_TraffickingStatusDecisionMakingOrg"),
        ("Mailing Zip/Postal Code", "prs_MailingPostalCode"),
        (" status ", "cas_Status"),
    ],
)
def test_every_name_is_understood(heading: str, name: str) -> None:
    """Of the survey, of the spreadsheets, and the labels that people see."""
    found = field_called(heading)
    assert found is not None
    assert found.name == name


def test_a_label_that_several_parts_share_is_not_guessed_at() -> None:
    """`Longitude` is of an organisation, a person or an event."""
    assert field_called("Longitude") is None


SHEET = [
    ["", "cas_CaseOwner", "prs_MailingCity", "prs_MailingCountry", "prs_MailingStreet", "prs_MailingPostalCode", ""],
    ["", "Case Owner", "Mailing Street", "Mailing City", "Mailing Zip/Postal Code", "Mailing Country", ""],
    ["1", "M.", "Nigde 1", "Izmišljeno", "11000", "RS", ""],
]
SHEET[0].append("")
SHEET[1].append("Reason for Outgoing Referral")
SHEET[2].append("Migration or Change of Location")


def test_the_spreadsheet_means_what_its_labels_say() -> None:
    """Its hidden names stand over the labels of other columns, and one column has no name at all."""
    reading = read_grid(SHEET)
    assert reading.problems == ()
    (row,) = reading.rows
    assert row.number == 3
    assert row.problems == ()
    assert row.fields["prs_MailingStreet"] == ("Nigde 1",)
    assert row.fields["prs_MailingCity"] == ("Izmišljeno",)
    assert row.fields["prs_MailingCountry"] == ("RS",)
    assert row.fields["cas_ReasonForOutgoingReferral"] == ("MigrationOrChangeOfLocation",)


def one(name: str, cell: str) -> Reading:
    """A file of one row with this cell."""
    return read_grid([["cas_Status", "cas_CaseOwner", name], ["Active", "M.", cell]])


@pytest.mark.parametrize(
    ("name", "cell", "found"),
    [
        ("prs_Gender", "Transgender Feminine", ("TransgenderFeminine",)),
        ("vic_MethodsOfControl", "DebtBondage  FalsePromises", ("DebtBondage", "FalsePromises")),
        ("vic_MethodsOfControl", "Debt bondage, False promises", ("DebtBondage", "FalsePromises")),
        ("vic_MethodsOfControl", "RestrictsMovement;UsesChildren", ("RestrictsMovement", "UsesChildren")),
        ("vic_ForcedLabourIndustry", "Agriculture, forestry and fishing", ("A_AgricultureForestryAndFishing",)),
        ("prs_Birthdate", "3.2.2001.", ("2001-02-03",)),
        ("prs_Birthdate", "2001-02-03T00:00:00", ("2001-02-03",)),
        ("con_Consent", "Да", ("true",)),
        ("prs_Citizenship", "RS, BA", ("RS", "BA")),
    ],
)
def test_codes_and_labels_are_understood(name: str, cell: str, found: tuple[str, ...]) -> None:
    """Also with the blanks and the separators of the other variants."""
    (row,) = one(name, cell).rows
    assert row.problems == ()
    assert row.fields[name] == found


@pytest.mark.parametrize(
    ("name", "cell"),
    [("vic_TraffickingStatus", "maybe"), ("prs_Birthdate", "31.2.2001"), ("con_Consent", "perhaps")],
)
def test_what_is_not_understood_is_named_with_its_row(name: str, cell: str) -> None:
    """The rest of the row is understood all the same."""
    reading = one(name, cell)
    (row,) = reading.rows
    assert row.number == 2
    assert len(row.problems) == 1
    assert name in row.problems[0]
    assert cell in row.problems[0]
    assert row.fields["cas_Status"] == ("Active",)
    assert reading.understood == 0


def test_a_column_twice_and_a_column_of_nobody_are_told() -> None:
    """The first one counts."""
    reading = read_grid([["cas_Status", "cas_CaseOwner", "Status", "prs_Email", "Shoe size"], ["Active"] * 5])
    assert reading.columns[-1].field is None
    assert len(reading.problems) == 1
    assert "column 3 is cas_Status again" in reading.problems[0]


def test_spreadsheets_and_texts_of_any_kind_are_read(tmp_path: Path) -> None:
    """XLSX, semicolons, and what spreadsheet programs call Unicode text."""
    rows = [["cas_Status", "prs_Gender", "prs_Birthdate"], ["Closed", "Feminine", "2001-02-03"]]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    (tmp_path / "c.txt").write_text("\r\n".join("\t".join(row) for row in rows), encoding="utf-16")
    for name in ("a.xlsx", "b.csv", "c.txt"):
        (read,) = read_file(tmp_path / name).rows
        assert read.fields["prs_Birthdate"] == ("2001-02-03",), name


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("picture.csv", b"\x89PNG\r\n\0\0", "neither text nor a spreadsheet"),
        ("broken.xlsx", b"PK\x03\x04 and nothing", "no spreadsheet that can be read"),
        ("old.csv", "Улица".encode("cp1251"), "UTF-8"),
    ],
)
def test_a_foreign_file_is_told_so(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """One line, and what to do where something can be done."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ForeignFile, match=says):
        grid_of(tmp_path / name)


def test_another_table_is_told_so(tmp_path: Path) -> None:
    """A file without a single heading of the standard, and an empty one."""
    (tmp_path / "other.csv").write_text("a,b,c\n1,2,3\n")
    (tmp_path / "empty.csv").write_text("")
    for name in ("other.csv", "empty.csv"):
        reading = read_file(tmp_path / name)
        assert reading.rows == ()
        assert "another kind of file" in reading.problems[0]


@given(st.lists(st.lists(st.text(max_size=30) | st.sampled_from(sorted(NAMES)), max_size=8), max_size=8))
def test_no_grid_makes_it_fall(grid: list[list[str]]) -> None:
    """Whatever stands in it."""
    assert read_grid(grid).understood >= 0
