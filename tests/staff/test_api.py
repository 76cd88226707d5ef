"""The API: commands by key, refusals as problems, lists that count what they hold."""

from __future__ import annotations

from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import Phase
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from staff.api.commands import INNER
from staff.settings import NEUTRAL
from tests.fix_mail import MailSink
from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import a_stalled_row
from worker.demo.staff import OGNJEN

JSON = {"content-type": "application/json"}


async def test_a_step_is_advanced_and_seen(house: House, browser: httpx.AsyncClient) -> None:
    """Preview, command, and the read model shows it in the answer's own time."""
    row = a_stalled_row(house)
    base = f"/api/v1/journeys/{row.journey}"
    order = {"kind": "advance-step", "body": {"step": row.step, "outcome": "done", "seen": row.part_version}}
    preview = (await browser.post(f"{base}/preview", json=order)).json()
    assert preview["refusal"] is None
    assert preview["events"][0]["topic"] == "journey.step-advanced"
    key = {"Idempotency-Key": str(uuid4())}
    answer = await browser.post(f"{base}/commands", json={**order, "note": "Белешка"}, headers=key)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["kind"], body["visible"], body["code"]) == ("recorded", True, row.code)
    shown = (await browser.get(base)).json()
    assert shown["position"] >= body["position"]
    assert any(s["part"] == row.part and s["status"] == "settled" for s in shown["steps"])
    again = await browser.post(f"{base}/commands", json=order, headers=key)
    assert again.json()["version"] == body["version"]


async def test_a_note_leaves_no_trace_in_the_clear(house: House, browser: httpx.AsyncClient) -> None:
    """It is sealed before it travels; the API shows it sealed."""
    row = a_stalled_row(house)
    base = f"/api/v1/journeys/{row.journey}"
    order = {"kind": "advance-step", "body": {"step": row.step, "outcome": "done"}, "note": "Necija tajna"}
    await browser.post(f"{base}/commands", json=order, headers={"Idempotency-Key": str(uuid4())})
    told = (await browser.get(f"{base}/timeline?limit=20")).text
    assert "Necija tajna" not in told
    assert '"note":"pk1.' in told.replace(" ", "")


def _has(house: House, journey: UUID, staff: UUID) -> bool:
    """Whether somebody is assigned there."""
    found = file(house.reader, journey)
    return found is not None and any(row.staff == staff for row in found.document.assigned)


async def test_a_case_number_leaves_no_trace_and_its_term_is_in_the_file(
    house: House, browser: httpx.AsyncClient
) -> None:
    """Proceedings and an appeal, entered over HTTP: the number is sealed, the day is that of the legal calendar."""
    rows = list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows
    row = next(r for r in rows if r.pathway == "astra" and _has(house, r.journey, OGNJEN.id))
    acts_as(browser, OGNJEN.id)
    base = f"/api/v1/journeys/{row.journey}"
    before = (await browser.get(base)).json()["document"]
    number = len(before["proceedings"]) + 1
    start = {"matter": "criminal", "standings": ["injured-party"], "case_number": "K 123/26"}
    order = {"kind": "start-proceedings", "body": start}
    preview = await browser.post(f"{base}/preview", json=order)
    assert preview.json()["events"][0]["topic"] == "journey.proceedings-started"
    assert "K 123/26" not in preview.text
    term = {"proceedings": number, "rule": "zkp-432-appeal", "on": "2026-02-01"}
    for body in (order, {"kind": "start-term", "body": term}):
        answer = await browser.post(f"{base}/commands", json=body, headers={"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 200, answer.text
    told = (await browser.get(f"{base}/timeline?limit=20")).text
    assert "K 123/26" not in told
    assert '"case_number":"pk1.' in told.replace(" ", "")
    after = (await browser.get(base)).json()["document"]
    assert after["proceedings"][-1]["has_case_number"] is True
    found = after["terms"][-1]
    assert (found["rule"], found["due_on"], found["status"]) == ("zkp-432-appeal", "2026-02-18", "unconfirmed")
    page = await browser.get(f"/journeys/{row.journey}")
    assert page.status_code == 200
    assert "ZKP 432 (1)" in page.text
    assert "K 123/26" not in page.text


async def test_a_refusal_is_a_problem_with_its_code(house: House, browser: httpx.AsyncClient) -> None:
    """RFC 9457, 409, and what to know to do better."""
    row = a_stalled_row(house)
    answer = await browser.post(
        f"/api/v1/journeys/{row.journey}/commands",
        json={"kind": "advance-step", "body": {"step": row.step, "outcome": "done", "seen": 1}},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["refusal"]["code"] == "part-changed"
    assert answer.json()["refusal"]["part_version"] == row.part_version


async def test_an_unknown_journey_is_not_found(browser: httpx.AsyncClient) -> None:
    """By reading as by command."""
    nobody = UUID(int=9)
    assert (await browser.get(f"/api/v1/journeys/{nobody}")).status_code == 404
    answer = await browser.post(
        f"/api/v1/journeys/{nobody}/commands",
        json={"kind": "resume-step", "body": {"step": "plan"}},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", [*sorted(INNER), "no-such-command"])
async def test_commands_of_the_engine_are_not_for_people(house: House, browser: httpx.AsyncClient, kind: str) -> None:
    """A timer cannot be fired, nor another journey's word given, from outside."""
    row = a_stalled_row(house)
    answer = await browser.post(
        f"/api/v1/journeys/{row.journey}/commands",
        json={"kind": kind, "body": {}},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 422
    assert house.desk.submitted == []


async def test_a_malformed_command_names_its_fields_and_no_value(house: House, browser: httpx.AsyncClient) -> None:
    """What was sent may be about a client: it is not repeated."""
    row = a_stalled_row(house)
    answer = await browser.post(
        f"/api/v1/journeys/{row.journey}/commands",
        json={"kind": "advance-step", "body": {"step": "Ime Prezime", "outcome": "tajna"}},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 422
    assert any(line.startswith("outcome") for line in answer.json()["problems"])
    assert "tajna" not in answer.text
    assert "Prezime" not in answer.text


async def test_a_command_needs_its_key(house: House, browser: httpx.AsyncClient) -> None:
    """Without one, sending it again could do it again."""
    row = a_stalled_row(house)
    answer = await browser.post(f"/api/v1/journeys/{row.journey}/commands", json={"kind": "resume-step"})
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:putokaz:problem:request-invalid"


async def test_the_same_key_opens_the_same_journey(browser: httpx.AsyncClient) -> None:
    """Its id is derived from the key where none is given."""
    key = {"Idempotency-Key": str(uuid4())}
    answers = [await browser.post("/api/v1/journeys", json={"pathway": "astra"}, headers=key) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json()["journey"] == answers[1].json()["journey"]


async def test_an_outage_is_a_problem_that_may_be_repeated(house: House, browser: httpx.AsyncClient) -> None:
    """503 with Retry-After."""
    row = a_stalled_row(house)
    house.desk.down = True
    answer = await browser.post(
        f"/api/v1/journeys/{row.journey}/commands",
        json={"kind": "resume-step", "body": {"step": row.step}},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


async def test_paging_passes_every_row_once(browser: httpx.AsyncClient) -> None:
    """And their number is the total."""
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = (
            await browser.get("/api/v1/journeys", params={"limit": 7, **({"cursor": cursor} if cursor else {})})
        ).json()
        seen += [row["journey"] for row in page["rows"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]
    assert (await browser.get("/api/v1/journeys?cursor=nonsense")).status_code == 400


async def test_the_other_read_models_and_pathways_are_there(house: House, browser: httpx.AsyncClient) -> None:
    """The board with its counts, the day of a person, the pathways with their pins."""
    board = (await browser.get("/api/v1/stalled")).json()
    assert sum(board["causes"].values()) == board["total"] == len(board["rows"])
    mila = next(p for p in house.desk.staff() if p.name.startswith("Mila"))
    day = (await browser.get("/api/v1/day", params={"staff": str(mila.id), "role": "caseworker"})).json()
    assert sum(day["counts"].values()) == day["total"]
    assert {p["pin"]["name"] for p in (await browser.get("/api/v1/pathways")).json()} >= {"astra"}


async def test_the_day_of_a_code_is_what_it_owes_whoever_owes_it(house: House, browser: httpx.AsyncClient) -> None:
    """As the page shows it: reminders lead there."""
    row = a_stalled_row(house)
    day = (await browser.get("/api/v1/day", params={"code": row.code.lower()})).json()
    assert day["total"] == len(day["rows"]) > 0
    assert {one["code"] for one in day["rows"]} == {row.code}
    everything = (await browser.get("/api/v1/day", params={"code": "what?"})).json()
    assert everything == {**(await browser.get("/api/v1/day")).json(), "now": everything["now"]}


async def test_a_letter_is_found_with_its_receipt_and_sent_again(
    house: House, browser: httpx.AsyncClient, mail_sink: MailSink
) -> None:
    """With a name of its own; without a mail server, or about a date that is over, it is refused."""
    rows = list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows
    for row in rows:
        base = f"/api/v1/letters/journey/{row.journey}"
        listed = (await browser.get(base)).json()
        if listed:
            break
    assert all(one["settled_at"] and one["recipients"] for one in listed)
    path = f"{base}/{listed[-1]['message']}/resend"
    assert (await browser.post(path)).json()["problems"] == ["no mail server is configured: set PUTOKAZ_SMTP_HOST"]
    assert (await browser.post(f"{base}/{uuid4()}/resend")).status_code == 404
    house.mail.append(mail_sink.postbox)
    refused: list[tuple[str, httpx.Response]] = []
    sent: list[tuple[str, httpx.Response]] = []
    for journey in (row.journey for row in rows):
        for place in await _letters(browser, journey):
            answer = await browser.post(place)
            (sent if answer.status_code == 200 else refused).append((place, answer))
        if sent and refused:
            break
    house.mail.clear()
    assert len(mail_sink.mails) >= len(sent) > 0
    assert refused[0][1].status_code == 409
    assert refused[0][1].json()["type"] == "urn:putokaz:problem:letter-refused"
    place, again = sent[0]
    listed = (await browser.get(place.rpartition("/")[0].rpartition("/")[0])).json()
    assert [one["again"] for one in listed if one["message"] == again.json()["message"]] == [1]


async def _letters(browser: httpx.AsyncClient, journey: UUID) -> list[str]:
    base = f"/api/v1/letters/journey/{journey}"
    return [f"{base}/{one['message']}/resend" for one in (await browser.get(base)).json()]


async def test_the_documentation_needs_nothing_from_elsewhere(browser: httpx.AsyncClient) -> None:
    """OpenAPI with examples, every operation described, and a plain page."""
    schema = (await browser.get("/api/v1/openapi.json")).json()
    assert all(op.get("summary") for methods in schema["paths"].values() for op in methods.values())
    assert "advance-step" in str(schema["components"]["schemas"]["CommandBody"])
    page = await browser.get("/api/v1/docs")
    assert page.status_code == 200
    elsewhere = page.text.replace("http://www.w3.org/2000/svg", "").replace(NEUTRAL, "")
    assert "http" not in elsewhere  # where leaving leads is a link, and nothing that the page needs
    assert "/api/v1/journeys/{journey}/commands" in page.text


async def test_a_contact_is_logged_found_and_counted(house: House, browser: httpx.AsyncClient) -> None:
    """By the same key once; what is refused says why; commands of the engine are not for people."""
    key = {"Idempotency-Key": str(uuid4())}
    logged = await browser.post("/api/v1/contacts", json={"body": {"caller": "silent"}}, headers=key)
    assert logged.status_code == 201
    contact = logged.json()["contact"]
    again = await browser.post("/api/v1/contacts", json={"body": {"caller": "silent"}}, headers=key)
    assert again.json()["contact"] == contact
    assert (await browser.get(f"/api/v1/contacts/{contact}")).json()["row"]["caller"] == "silent"
    row = (await browser.get("/api/v1/contacts", params={"code": logged.json()["code"]})).json()["rows"][0]
    month = (await browser.get("/api/v1/contacts/stats", params={"month": row["contacted_on"]})).json()
    assert month["by_caller"]["silent"] >= 1

    async def give(kind: str) -> int:
        fresh = {"Idempotency-Key": str(uuid4())}
        order = {"kind": kind, "body": {}}
        return (await browser.post(f"/api/v1/contacts/{contact}/commands", json=order, headers=fresh)).status_code

    assert (await give("promise-call-back"), await give("fire-rung")) == (409, 422)
    assert (await browser.get(f"/api/v1/contacts/{UUID(int=9)}")).status_code == 404
