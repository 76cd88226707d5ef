"""A file of another organisation: each row is told, nothing of it is lost, and a row becomes a case once."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from domain.journey.opening import JourneyOpened
from staff.imports import MOST_BYTES
from tests.staff.house import House

HERE = "/replay/imports"
ROWS = """prs_First_Name,prs_Second_Name,Birthdate,vic_Methods_of_Control,prs_Gender,Shoe size
Izmišljena,Osoba,3.2.2001.,DebtBondage FalsePromises,Feminine,38
Izmišljena,Osoba,2001-02-03,,perhaps,
,,13/31/2001,,Masculine,
"""


async def sent(browser: httpx.AsyncClient, content: bytes, name: str = "theirs.csv") -> httpx.Response:
    """The page of a file."""
    form = await browser.get(HERE)
    token = re.search(r'name="token" value="([^"]*)"', form.text)
    assert token is not None
    return await browser.post(HERE, data={"token": token[1]}, files={"file": (name, content)})


def inputs(form: str) -> dict[str, str]:
    """What a form would send."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found}


async def test_a_row_becomes_a_case_once(browser: httpx.AsyncClient, house: House) -> None:
    """By the form that opens every case: name to the vault, the rest into the note, what was not understood as well."""
    told = await sent(browser, ROWS.encode())
    assert told.status_code == 200
    assert "38" in told.text
    assert "perhaps" in told.text
    assert "13/31/2001" in told.text
    forms = re.findall(r'<form method="post" action="(/journeys/[^"]*/open)">(.*?)</form>', told.text, re.DOTALL)
    assert len(forms) == 3
    there, form = forms[0]
    drawn = await browser.post(there, data=inputs(form))
    assert drawn.status_code == 200
    assert 'value="Izmišljena"' in html.unescape(drawn.text)
    assert "Shoe size: 38" in html.unescape(drawn.text)
    for _ in range(2):
        saved = await browser.post(there, data={**inputs(form), "intent": "save", "looked": "1"})
        assert saved.status_code == 303, saved.text
    journey = there.split("/")[2]
    opened = [each.event for each in house.desk.history(f"journey-{journey}") if isinstance(each.event, JourneyOpened)]
    assert len(opened) == 1
    again = await sent(browser, ROWS.encode())
    assert again.text.count('/open"') == 2
    assert f'href="/journeys/{journey}"' in again.text


async def test_over_http(browser: httpx.AsyncClient) -> None:
    """Row, column and what to do; the second row is the first one's twin."""
    answer = await browser.post(f"/api/v1{HERE}", content=ROWS.encode())
    assert answer.status_code == 200, answer.text
    rows = answer.json()["rows"]
    assert [row["twin"] for row in rows] == [None, 2, None]
    assert [[cell["column"] for cell in row["left"]] for row in rows] == [[6], [5], [3]]
    assert "3.2.2001." in rows[2]["left"][0]["advice"]
    foreign = await browser.post(f"/api/v1{HERE}", content=b"a,b\n1,2\n")
    assert (foreign.status_code, "another kind of file" in foreign.text) == (422, True)


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"", 422, "Izaberite datoteku"),
        (b"\x89PNG\0\r\n", 422, "CSV UTF-8"),
        (b"a,b,c\n1,2,3\n", 422, "HTCDS"),
        (b"x" * (MOST_BYTES + 1), 413, "5 MB"),
    ],
)
async def test_a_foreign_file_is_told_so(browser: httpx.AsyncClient, content: bytes, status: int, says: str) -> None:
    """Nothing, a picture, another table, too much."""
    answer = await sent(browser, content)
    summary = answer.text.partition("govuk-error-summary__body")[2][:600]
    assert (answer.status_code, says in summary) == (status, True), summary
