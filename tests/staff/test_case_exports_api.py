"""Exports over HTTP: the file streams, and the log has its beginning and its sum; who may not gets none."""

from __future__ import annotations

import hashlib
import io
import xml.etree.ElementTree as ElementTree
from uuid import uuid4

import httpx
import pyarrow.parquet as parquet
import pytest

from domain.export.making import ExportMade
from tests.staff.conftest import acts_as
from tests.staff.house import House
from worker.demo.staff import MILA

ADDRESS = "/api/v1/replay/exports"
XES = {"format": "xes", "purpose": "research", "reason": "за истраживање"}


def sums(house: House) -> list[str]:
    """Of every export that the log has."""
    found = []
    after = 0
    while rows := house.log.page(after):
        after = rows[-1].position
        found += [ExportMade.model_validate_json(row.state).sha256 for row in rows if row.topic == "export.made@1"]
    return found


async def test_a_file_streams_and_stands_in_the_log(browser: httpx.AsyncClient, house: House) -> None:
    """The same key again is refused; a file that is made whole first arrives as well."""
    key = {"Idempotency-Key": str(uuid4())}
    answer = await browser.post(ADDRESS, json=XES, headers=key)
    assert answer.status_code == 200, answer.text
    assert len(ElementTree.fromstring(answer.content)) > 30
    assert "attachment" in answer.headers["content-disposition"]
    assert hashlib.sha256(answer.content).hexdigest() == sums(house)[-1]
    again = await browser.post(ADDRESS, json=XES, headers=key)
    assert again.status_code == 409
    table = {"format": "parquet", "table": "steps", "purpose": "own-analysis"}
    whole = await browser.post(ADDRESS, json=table, headers={"Idempotency-Key": str(uuid4())})
    assert parquet.read_table(io.BytesIO(whole.content)).num_rows > 100
    assert hashlib.sha256(whole.content).hexdigest() == sums(house)[-1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**XES, "known_at": "1999-01-01T00:00:00Z"}, 422),
        ({**XES, "table": "steps"}, 409),
        ({"format": "csv", "purpose": "research"}, 409),
        ({"format": "doc", "purpose": "research"}, 422),
    ],
)
async def test_bad_input_gets_a_clear_answer(browser: httpx.AsyncClient, body: dict[str, str], status: int) -> None:
    """Before everything, a table too many or too few, no such format; as Problem Details."""
    answer = await browser.post(ADDRESS, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_persons_one_by_one_are_for_supervisors(browser: httpx.AsyncClient, house: House) -> None:
    """A caseworker is turned away, and nothing is begun."""
    acts_as(browser, MILA.id)
    answer = await browser.post(ADDRESS, json=XES, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 403
    assert len(sums(house)) == 1
