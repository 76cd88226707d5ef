"""Exports over HTTP: made once, fetched in parts, in the log with their sum; who may not gets none."""

from __future__ import annotations

import asyncio
import hashlib
import io
import xml.etree.ElementTree as ElementTree
from typing import Any
from uuid import UUID, uuid4

import httpx
import pyarrow.parquet as parquet
import pytest

from domain.codes import Role
from domain.command import Command
from domain.errors import Unavailable
from domain.export.making import CompleteExport, ExportMade
from staff.ports import Outcome
from tests.staff.conftest import acts_as
from tests.staff.house import House
from vault.staff import StaffMember
from worker.demo.staff import MILA

OTHER = StaffMember(UUID(int=0xB0F0), "Izmišljena Druga", "druga@example.org", frozenset({Role.SUPERVISOR}), "sr-Latn")
IN_THE_CASELOAD = 1
"""Exports that the demonstration has."""
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


async def ready(browser: httpx.AsyncClient, begun: httpx.Response) -> str:
    """The address of the export, once its file can be fetched."""
    assert begun.status_code == 202, begun.text
    address = begun.headers["location"]
    for _ in range(300):
        told = (await browser.get(address)).json()
        if told["state"] != "under-way":
            break
        await asyncio.sleep(0.1)
    assert told["state"] == "ready", told
    return str(address)


async def test_a_file_is_made_once_and_stands_in_the_log(browser: httpx.AsyncClient, house: House) -> None:
    """The same key again is the same export; a file that is made whole first is fetched as well."""
    key = {"Idempotency-Key": str(uuid4())}
    first, second = await asyncio.gather(*(browser.post(ADDRESS, json=XES, headers=key) for _ in range(2)))
    address = await ready(browser, first)
    assert second.headers["location"] == address
    answer = await browser.get(f"{address}/file")
    assert answer.status_code == 200, answer.text
    assert len(ElementTree.fromstring(answer.content)) > 30
    assert "attachment" in answer.headers["content-disposition"]
    assert hashlib.sha256(answer.content).hexdigest() == sums(house)[-1]
    again = await browser.post(ADDRESS, json=XES, headers=key)
    assert (again.status_code, again.json()["state"]) == (202, "ready")
    assert len(sums(house)) == IN_THE_CASELOAD + 1
    table = {"format": "parquet", "table": "steps", "purpose": "own-analysis"}
    other = await browser.post(ADDRESS, json=table, headers={"Idempotency-Key": str(uuid4())})
    whole = await browser.get(f"{await ready(browser, other)}/file")
    assert parquet.read_table(io.BytesIO(whole.content)).num_rows > 100
    assert hashlib.sha256(whole.content).hexdigest() == sums(house)[-1]
    listed = (await browser.get(ADDRESS, params={"limit": 1})).json()
    assert (listed["total"], listed["rows"][0]["sha256"]) == (IN_THE_CASELOAD + 2, sums(house)[-1])
    rest = (await browser.get(ADDRESS, params={"cursor": listed["next"]})).json()
    assert [row["sha256"] for row in rest["rows"]] == sums(house)[-2::-1]
    await goes_on_where_it_broke_off(browser, address, answer.content)
    house.directory.put(OTHER)
    await is_nobody_elses(browser, address)


async def goes_on_where_it_broke_off(browser: httpx.AsyncClient, address: str, whole: bytes) -> None:
    """RFC 9110 §13.1.5 and §14: the rest, if it is still the same file; else all of it; beyond its end nothing."""
    head = await browser.get(f"{address}/file", headers={"range": "bytes=0-99"})
    assert (head.status_code, head.content) == (206, whole[:100])
    assert head.headers["content-range"] == f"bytes 0-99/{len(whole)}"
    etag = head.headers["etag"]
    assert etag == f'"{hashlib.sha256(whole).hexdigest()}"'
    rest = await browser.get(f"{address}/file", headers={"range": "bytes=100-", "if-range": etag})
    assert (rest.status_code, head.content + rest.content) == (206, whole)
    changed = await browser.get(f"{address}/file", headers={"range": "bytes=100-", "if-range": '"another"'})
    assert (changed.status_code, changed.content) == (200, whole)
    beyond = await browser.get(f"{address}/file", headers={"range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"] in (f"bytes */{len(whole)}", f"*/{len(whole)}")


async def is_nobody_elses(browser: httpx.AsyncClient, address: str) -> None:
    """Another supervisor sees that it was made, and has their own made."""
    acts_as(browser, OTHER.id)
    assert (await browser.get(address)).json()["state"] == "made"
    assert (await browser.get(f"{address}/file")).status_code == 404


async def test_an_interrupted_one_goes_on_to_the_same_file(
    browser: httpx.AsyncClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is away as the file is whole; sent again with its key, what was made is recorded and fetched."""
    key = {"Idempotency-Key": str(uuid4())}
    submit = house.desk.submit

    async def submit_beginnings(stream: UUID, command: Command, **more: Any) -> Outcome:
        if isinstance(command, CompleteExport):
            raise Unavailable("the log is away")
        return await submit(stream, command, **more)

    monkeypatch.setattr(house.desk, "submit", submit_beginnings)
    begun = await browser.post(ADDRESS, json=XES, headers=key)
    assert begun.status_code == 202
    address = begun.headers["location"]
    for _ in range(300):
        told = (await browser.get(address)).json()
        if told["state"] != "under-way":
            break
        await asyncio.sleep(0.1)
    assert told["state"] == "interrupted"
    assert (await browser.get(f"{address}/file")).status_code == 404
    monkeypatch.undo()
    await ready(browser, await browser.post(ADDRESS, json=XES, headers=key))
    made = await browser.get(f"{address}/file")
    assert [hashlib.sha256(made.content).hexdigest()] == sums(house)[IN_THE_CASELOAD:]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**XES, "known_at": "1999-01-01T00:00:00Z"}, 422),
        ({**XES, "table": "steps"}, 409),
        ({"format": "csv", "purpose": "research"}, 409),
        ({**XES, "format": "ocel-json", "since": "2026-01-01"}, 409),
        ({**XES, "pathway": "elsewhere"}, 422),
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
    assert (await browser.get(ADDRESS)).status_code == 403
    assert len(sums(house)) == IN_THE_CASELOAD
