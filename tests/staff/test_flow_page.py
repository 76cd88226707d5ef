"""The flow map on its page and over HTTP: exact for supervisors, small numbers hidden from an analyst."""

from __future__ import annotations

import re
from uuid import UUID

import httpx

from analysis.flow.cohort import Cohort
from analysis.flow.figures import SMALLEST
from analysis.flow.reading import read_flow
from domain.rights.member import Post
from staff.i18n.locale import Locale
from staff.pages.flow_map import HIGH, WIDE, flow_map
from tests.staff.conftest import acts_as
from tests.staff.house import NOW, House
from tests.staff.paper import Worker
from vault.staff import StaffMember
from worker.demo.staff import MILA, VERA

ANALYST = StaffMember(UUID(int=0xA001), "Ana Brojić", "ana@example.org", frozenset({Post.ANALYST}), "sr-Latn")


async def test_the_page_has_the_figures_in_its_map_and_its_tables(house: House, browser: httpx.AsyncClient) -> None:
    """Drawn and told; nobody in the cohort is said plainly; a caseworker may not see it."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    whole = read_flow(house.reader, Cohort(pathway="astra"), at=NOW)
    assert whole.journeys is not None
    assert whole.journeys > SMALLEST
    shown = (await browser.get("/replay/flow?pathway=astra&nodes=0&edges=0")).text
    assert f"{whole.journeys} journeys" in shown
    assert shown.count("<path ") >= len(whole.edges)
    for node in whole.nodes:
        assert f'<span class="pk-cell-label">Visits: </span>{node.visits}<' in shown
    strict = (await browser.get("/replay/flow?pathway=astra&nodes=100&edges=100")).text
    assert strict.count("<path ") < shown.count("<path ")
    assert "No journey matches" in (await browser.get("/replay/flow?to=2000-01-01")).text
    assert (await browser.get("/replay/flow?from=soon&stage=nowhere&nodes=many&known=0001-01-01")).status_code == 200
    acts_as(browser, MILA.id)
    assert (await browser.get("/replay/flow")).status_code == 403


async def test_the_api_hides_small_numbers_from_an_analyst(house: House, browser: httpx.AsyncClient) -> None:
    """A supervisor has them."""
    exact = (await browser.get("/api/v1/flow?pathway=astra", headers={"X-Putokaz-Person": str(VERA.id)})).json()
    few = {node["what"] for node in exact["nodes"] if node["journeys"] < SMALLEST}
    assert few
    assert {edge["journeys"] for edge in exact["edges"]} & set(range(1, SMALLEST))
    house.directory.put(ANALYST)
    hidden = (await browser.get("/api/v1/flow?pathway=astra", headers={"X-Putokaz-Person": str(ANALYST.id)})).json()
    assert {node["what"] for node in hidden["nodes"] if node["journeys"] is None} == few
    numbers = [int(n) for n in re.findall(r'"(?:journeys|visits|times)":\s*(\d+)', str(hidden).replace("'", '"'))]
    assert min(numbers) >= SMALLEST


def test_boxes_of_the_map_do_not_lie_on_each_other(house: House) -> None:
    """Nor outside of the drawing; each has its number, and every path both its ends."""
    (pathway,) = (each for _, each in house.desk.pathways() if each.pathway == "astra")
    flow = read_flow(house.reader, Cohort(pathway="astra"), at=NOW)
    drawing = flow_map(flow, pathway, lambda key: key)
    assert len(drawing.paths) == len(flow.edges)
    for one in drawing.boxes:
        assert one.x + WIDE <= drawing.width
        assert one.y + HIGH <= drawing.height
        for other in drawing.boxes:
            if one.key < other.key:
                assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH
