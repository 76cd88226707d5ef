"""Reports on their pages, as files and over HTTP: exact for supervisors, refused in words to an analyst."""

from __future__ import annotations

import csv
import io

import httpx
import openpyxl
import pypdf

from analysis.reports.period import Period
from analysis.reports.published import PublishedCode
from analysis.reports.registry import REPORTS
from staff.i18n.locale import Locale
from staff.pages.report_asked import tables_of
from tests.staff.conftest import acts_as
from tests.staff.house import NOW, House
from tests.staff.paper import Worker
from tests.staff.test_flow_page import ANALYST
from worker.demo.staff import MILA, VERA


async def test_every_page_has_the_figures_of_its_report_and_leads_to_the_events(
    house: House, browser: httpx.AsyncClient
) -> None:
    """All of them, in words and not in codes; the events behind a figure are those of the table."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    tables, _ = tables_of(house.app.state.parts, list(REPORTS.values()), Period.of("2026"), NOW)
    index = (await browser.get("/replay/reports")).text
    for code, table in tables.items():
        assert f"/replay/reports/{code}?" in index
        shown = (await browser.get(f"/replay/reports/{code}?year=2026")).text
        for figure in table.cells.values():
            assert f">{figure.count}</a>" in shown, code
        assert shown.count("<rect ") == len({key[0] for key in table.cells}), code
    figure = tables["status-reports"].cells["centre", "identified"]
    where = "/replay/reports/status-reports/behind?period=2026&cell=centre&cell=identified"
    behind = (await browser.get(where)).text
    assert behind.count("journey.formal-status-decided</code>") == len(figure.behind) == 2 * figure.count
    assert "/replay?at=" in behind
    for code in PublishedCode:
        shown = (await browser.get(f"/replay/reports/{code.value}?year=2026")).text
        assert "Not recorded" in shown
    assert (await browser.get("/replay/reports/nobody")).status_code == 404
    assert (await browser.get("/replay/reports/calls/behind?period=2026&cell=x")).status_code == 404


async def test_what_was_learned_since_is_told_and_wrong_input_is_answered(browser: httpx.AsyncClient) -> None:
    """Side by side; and a period that is none, lies ahead or before the log says so."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    path = "/replay/reports/status-reports"
    shown = (await browser.get(f"{path}?period=2026-Q3&known=2026-09-20&against=2026-11-20")).text
    assert "What was revised since" in shown
    assert "Nothing was revised." not in shown
    assert "Nothing was revised." in (await browser.get(f"{path}?period=2026-Q1&against=2026-11-20")).text
    for query, said in (
        ("year=2027", "begins after the day"),
        ("period=spring", "That is no period"),
        ("year=2019", "before the first record"),
        ("year=2019&known=2019-06-01", "Nothing had been recorded"),
        ("period=2025-Q2", "Nothing counts in this period"),
    ):
        assert said in (await browser.get(f"{path}?{query}")).text, query


async def test_a_report_is_printed_and_taken_as_a_table(house: House, browser: httpx.AsyncClient) -> None:
    """The same figures in all three."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    table = tables_of(house.app.state.parts, [REPORTS["hearings"]], Period.of("2026"), NOW)[0]["hearings"]
    counts = [figure.count for figure in table.cells.values()]
    of = "/replay/reports/hearings/file."
    text = (await browser.get(f"{of}csv?period=2026")).content.decode("utf-8-sig")
    assert [int(row[-1]) for row in list(csv.reader(io.StringIO(text)))[1:]] == counts
    book = openpyxl.load_workbook(io.BytesIO((await browser.get(f"{of}xlsx?period=2026")).content))
    assert [row[-1].value for row in list(book.worksheets[0].rows)[1:]] == counts
    pages = pypdf.PdfReader(io.BytesIO((await browser.get(f"{of}pdf?period=2026")).content)).pages
    assert f"Total: {table.total}" in "".join(page.extract_text() for page in pages)
    assert (await browser.get(f"{of}doc?period=2026")).status_code == 404


async def test_an_analyst_is_told_why_and_a_caseworker_may_not(house: House, browser: httpx.AsyncClient) -> None:
    """Neither sees one figure, on pages or in files; over HTTP tests/staff/test_rights.py asks."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    house.directory.put(ANALYST)
    paths = ("", "/calls", "/calls/behind?cell=2026-03&cell=partner", "/calls/file.csv?period=2026", "/astra-year")
    for person, said in ((ANALYST.id, "Exact figures are for supervisors only"), (MILA.id, "")):
        acts_as(browser, person)
        for path in paths:
            answer = await browser.get(f"/replay/reports{path}")
            assert answer.status_code == 403, path
            assert said in answer.text
    acts_as(browser, VERA.id)
    assert (await browser.get("/replay/reports")).status_code == 200


async def test_the_api_has_what_the_pages_have(house: House, browser: httpx.AsyncClient) -> None:
    """The list, a report with the events behind, a published table; what cannot be made is a problem."""
    acts_as(browser, VERA.id)
    known = (await browser.get("/api/v1/replay/reports")).json()
    assert [each["code"] for each in known["reports"]] == list(REPORTS)
    table = tables_of(house.app.state.parts, [REPORTS["hearings"]], Period.of("2026"), NOW)[0]["hearings"]
    where = f"/api/v1/replay/reports/hearings?period=2026&as_known_at={NOW:%Y-%m-%dT%H:%M:%SZ}"
    made = (await browser.get(where)).json()
    cells = {tuple(cell["key"]): (cell["count"], len(cell["behind"])) for cell in made["cells"]}
    assert cells == {key: (figure.count, len(figure.behind)) for key, figure in table.cells.items()}
    lines = (await browser.get("/api/v1/replay/published-reports/serbia-year?period=2026")).json()["lines"]
    assert {line["not_recorded"] for line in lines if line["figure"] is None} == {"sex", "reporter", "claim-paid"}
    assert (await browser.get("/api/v1/replay/reports/nobody?period=2026")).status_code == 404
    wrong = await browser.get("/api/v1/replay/reports/calls?period=spring")
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:putokaz:problem:report-invalid")
    early = await browser.get("/api/v1/replay/reports/calls?period=2019&as_known_at=0001-01-01T00:00:00Z")
    assert early.status_code == 422
