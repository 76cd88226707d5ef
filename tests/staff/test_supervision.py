"""Absences, caseloads and hand-overs: in the API, and on the page of the supervisor in every language."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.visit import PERSON_COOKIE
from tests.staff.house import NOW, House
from tests.staff.paper import Worker
from worker.demo.staff import DUNJA, MILA, NADA, OGNJEN, SAVA, STAFF, VERA, VUK
from worker.demo.supervision import TAKEN_OVER

AS_VERA = {"X-Putokaz-Person": str(VERA.id)}


def headers() -> dict[str, str]:
    """Vera's, with a key made once."""
    return {**AS_VERA, "Idempotency-Key": str(uuid4())}


async def told(browser: httpx.AsyncClient, staff: UUID, kind: str, **body: object) -> httpx.Response:
    """A command about a member of staff."""
    order = {"kind": kind, "body": body}
    return await browser.post(f"/api/v1/staff/{staff}/commands", json=order, headers=headers())


async def test_the_demonstration_has_absences_and_a_finished_hand_over(browser: httpx.AsyncClient) -> None:
    """Dunja is away and Mila covers; Vuk will be; everything of Sava's has gone to Nada."""
    rows = {row["staff"]: row for row in (await browser.get("/api/v1/staff")).json()}
    assert set(rows) == {str(member.id) for member in STAFF}
    assert (rows[str(DUNJA.id)]["presence"], rows[str(DUNJA.id)]["cover"]) == ("absent", str(MILA.id))
    assert (rows[str(VUK.id)]["presence"], len(rows[str(VUK.id)]["absences"])) == ("here", 1)
    assert rows[str(MILA.id)]["load"]["streams"] > 1
    (row,) = (await browser.get(f"/api/v1/handovers?leaver={SAVA}")).json()["rows"]
    assert (row["phase"], row["reason"], row["moved"]) == ("completed", "leaving", TAKEN_OVER)
    assert (await browser.get(f"/api/v1/handovers/{row['handover']}")).json()["code"] == row["code"]
    receipts = (await browser.get(f"/api/v1/handovers/{row['handover']}/receipts")).json()
    assert {each["successor"] for each in receipts["rows"]} == {str(NADA.id)}
    assert (await browser.get(f"/api/v1/staff/{SAVA}/caseload")).json()["total"] == 0
    held = (await browser.get(f"/api/v1/staff/{NADA.id}/caseload")).json()
    assert held["total"] >= TAKEN_OVER
    assert (await browser.get(f"/api/v1/handovers/{uuid4()}")).status_code == 404


async def test_an_absence_is_planned_and_ended_over_http(browser: httpx.AsyncClient) -> None:
    """Seen at once by its author; what makes no sense is refused with the reason."""
    first, last = NOW.date() + timedelta(days=60), NOW.date() + timedelta(days=70)
    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    planned = await told(browser, OGNJEN.id, "plan-absence", cover=str(VERA.id), **days)
    assert planned.status_code == 200, planned.text
    assert (planned.json()["kind"], planned.json()["visible"]) == ("recorded", True)
    again = await told(browser, OGNJEN.id, "plan-absence", **days)
    assert (again.status_code, again.json()["refusal"]["code"]) == (409, "absence-overlaps")
    rows = {row["staff"]: row for row in (await browser.get("/api/v1/staff")).json()}
    assert [each["cover"] for each in rows[str(OGNJEN.id)]["absences"]] == [str(VERA.id)]
    assert (await told(browser, OGNJEN.id, "cancel-absence")).status_code == 200
    assert (await told(browser, uuid4(), "come-back")).status_code == 404
    wrong = {"kind": "plan-absence", "pathway": "nowhere", "body": days}
    unknown = await browser.post(f"/api/v1/staff/{OGNJEN.id}/commands", json=wrong, headers=headers())
    assert unknown.status_code == 422


async def test_a_hand_over_begins_once_for_a_key_and_may_be_stopped(browser: httpx.AsyncClient) -> None:
    """Its id follows from the key; here no worker goes on with it."""
    body = {"leaver": str(OGNJEN.id), "successors": [{"staff": str(VERA.id)}], "reason": "long-absence"}
    key = headers()
    first = await browser.post("/api/v1/handovers", json={"body": body}, headers=key)
    second = await browser.post("/api/v1/handovers", json={"body": body}, headers=key)
    assert first.status_code == second.status_code == 201, first.text
    handover = first.json()["id"]
    assert second.json()["id"] == handover
    row = (await browser.get(f"/api/v1/handovers/{handover}")).json()
    assert (row["phase"], row["asked_by"]) == ("running", str(VERA.id))
    stopped = await browser.post(f"/api/v1/handovers/{handover}/stop", headers=headers())
    assert stopped.status_code == 200
    ended = await browser.post(f"/api/v1/handovers/{handover}/stop", headers=headers())
    assert ended.json()["refusal"]["code"] == "handover-ended"
    assert (await browser.post(f"/api/v1/handovers/{uuid4()}/stop", headers=headers())).status_code == 404


async def test_what_a_stream_tells_itself_is_not_for_people(browser: httpx.AsyncClient) -> None:
    """A look without a caseload, or a take-over without a hand-over, is no command of the API."""
    for kind in ("take-over", "find-work"):
        order = {"kind": kind, "body": {"number": 1}}
        answer = await browser.post(f"/api/v1/journeys/{uuid4()}/commands", json=order, headers=headers())
        assert answer.status_code == 422


@pytest.mark.parametrize("locale", Locale)
async def test_the_supervisor_sees_people_and_hand_overs(
    house: House, browser: httpx.AsyncClient, locale: Locale
) -> None:
    """Who is absent until when, who covers; and one hand-over with every receipt."""
    await Worker(browser).speak(locale.value)
    words = Words(locale)
    page = (await browser.get("/supervision")).text
    assert words("supervision.title") in page
    assert words("supervision.cover", name=MILA.name) in page
    row = (await browser.get(f"/api/v1/handovers?leaver={SAVA}")).json()["rows"][0]
    assert row["code"] in page
    named = await browser.get(f"/j/{row['code'].lower()}", follow_redirects=False)
    assert named.headers["location"] == f"/supervision/handovers/{row['handover']}"
    one = await browser.get(f"/supervision/handovers/{row['handover']}")
    assert one.status_code == 200
    assert one.text.count('role="rowheader"') == TAKEN_OVER
    assert words("person.unknown") in one.text
    assert (await browser.get(f"/supervision/handovers/{uuid4()}")).status_code == 404


async def test_a_hand_over_that_is_owed_leads_to_its_page(house: House, browser: httpx.AsyncClient) -> None:
    """It stands in the day of whoever asked for it until it is done; here nobody does it."""
    body = {"leaver": str(OGNJEN.id), "successors": [{"staff": str(NADA.id)}], "reason": "workload"}
    begun = await browser.post("/api/v1/handovers", json={"body": body}, headers=headers())
    handover = begun.json()["id"]
    browser.cookies.set(PERSON_COOKIE, str(VERA.id))
    page = (await browser.get("/day")).text
    assert f"/supervision/handovers/{handover}" in page
