"""Signing in, in production mode: nobody passes the door without a session, and what somebody gets to hear at it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.fix_services import DatabaseFactory
from tests.staff.entrance import NAME, PASSWORD, Colleague, Guarded, guarded
from tests.staff.paper import Paper
from tests.staff.routes import ROUTES
from tests.staff.test_rights import client
from vault.sessions import Proof
from vault.staff import StaffMember
from worker.demo.staff import DUNJA, JASNA, LUKA, MILA, NADA, OGNJEN, TEODORA, VERA, VUK

SAYS = Words(Locale.SERBIAN_LATIN)


@pytest.fixture(scope="module")
def house(database_factory: DatabaseFactory) -> Iterator[Guarded]:
    """One for the module; each test has people, addresses and sessions of its own."""
    with guarded(database_factory) as house:
        yield house


def at(house: Guarded, member: StaffMember, address: str) -> Colleague:
    """Somebody at a browser of their own."""
    return Colleague(member, house.browser(address=address), house.clock)


async def test_nobody_passes_without_a_session(house: Guarded) -> None:
    """Whether an address exists or not is answered alike, for pages and for programs; health and files stay open."""
    async with house.browser() as browser:
        for path in (
            "/",
            "/day",
            f"/journeys/{UUID(int=1)}",
            "/journeys?code=PK-00000",
            "/nowhere",
            "/person",
            "/account",
        ):
            answer = await browser.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path
        assert (await browser.get("/day?group=later")).headers["location"] == "/sign-in?next=%2Fday%3Fgroup%3Dlater"
        answers = [
            await browser.get(path, headers={"X-Putokaz-Person": str(VERA.id)})
            for path in ("/api/v1/journeys", f"/api/v1/journeys/{uuid4()}", "/api/v1/nothing", "/api/v1/openapi.json")
        ]
        assert {(a.status_code, a.text) for a in answers} == {(401, answers[0].text)}
        assert answers[0].json()["type"] == "urn:putokaz:problem:not-signed-in"
        assert (await browser.get("/livez")).status_code == 200
        assert (await browser.get("/calendar/none.ics")).status_code == 404
        assert (await browser.post("/language", data={"locale": "en", "back": "/sign-in"})).status_code == 303


async def test_nobody_learns_what_exists_without_a_session(house: Guarded) -> None:
    """Every route that names something is asked for one that is there and one that is not: the answers are the same."""
    async with client(house.house, VERA) as vera:

        async def make(path: str, **body: object) -> dict[str, str]:
            answer = await vera.post(f"/api/v1/{path}", json=body, headers={"idempotency-key": str(uuid4())})
            assert answer.status_code == 201, answer.text
            made: dict[str, str] = answer.json()
            return made

        journey = await make("journeys", pathway="astra", caseworker=str(MILA.id))
        contact = await make("contacts", body={"caller": "silent"})
        plan = {"purpose": "home-visit", "crew": {"lead": str(LUKA.id), "team": [str(LUKA.id), str(MILA.id)]}}
        times = {"departure": "2099-03-01T08:00:00+01:00", "expected_return": "2099-03-01T12:00:00+01:00"}
        mission = await make("missions", pathway="astra", body={**plan, **times, "journeys": [journey["journey"]]})
    there = {
        "{journey}": journey["journey"],
        "{stream}": journey["journey"],
        "{contact}": contact["contact"],
        "{mission}": mission["mission"],
        "{staff}": str(VERA.id),
        "{typed}": journey["code"],
    }
    absent = {name: "PK-00000" if name == "{typed}" else str(uuid4()) for name in there}
    asked = [name for name in ROUTES if any(each in name for each in there)]
    assert len(asked) > 60
    async with house.browser() as browser:
        for name in asked:
            method, path = name.split()
            answers = [await _anonymous(browser, method, path, values) for values in (there, absent)]
            assert answers[0] == answers[1], name
            assert answers[0][0] in {303, 401}, name


async def _anonymous(
    browser: httpx.AsyncClient, method: str, path: str, values: Mapping[str, str]
) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers, with what was asked for taken out of them: it comes back as the way to go on."""
    address = path.replace("{kind}", "journey")
    for name, value in values.items():
        address = address.replace(name, value)
    address = re.sub(r"{\w+}", "x", address)
    answer = await browser.request(method, address, headers={"origin": str(browser.base_url)})

    def without(text: str) -> str:
        for name, value in values.items():
            text = text.replace(value, name)
        return text

    return answer.status_code, without(answer.text), {name: without(each) for name, each in answer.headers.items()}


async def test_only_over_https(house: Guarded) -> None:
    """Under its name in the world; cookies are bound to it and unreadable for scripts."""
    async with house.browser(f"http://{NAME}") as browser:
        assert (await browser.get("/sign-in")).status_code == 403
        assert (await browser.get("/livez")).status_code == 200
    who = at(house, MILA, "203.0.113.11")
    await who.redeem(house.invite(MILA))
    (given,) = [each for each in who.client.cookies.jar if each.name == "__Host-putokaz_enrolment"]
    assert given.secure
    assert given.path == "/"
    answer = await who.send("/enrol/password", password=PASSWORD)
    assert answer.headers["location"] == "/enrol"


async def test_from_an_invitation_to_work(house: Guarded) -> None:
    """Password, telephone, codes on paper; out, and in again to where one wanted to go; each code once."""
    who = at(house, VUK, "203.0.113.12")
    path = house.invite(VUK)
    await who.redeem(path)
    await who.send("/enrol/password", 422, password="Vuk Zamislić")
    await who.read("/enrol")
    await who.send("/enrol/password", 422, password="kratko")
    await who.send("/enrol/password", password=PASSWORD)
    page = await who.client.get("/enrol")
    assert "<svg" in page.text
    again = await who.client.get("/enrol")
    secrets = {re.findall(r'pk-secret">([A-Z2-7 ]+)<', each.text)[0] for each in (page, again)}
    assert len(secrets) == 1, "whoever loads the page again goes on with the same entry of the telephone"
    who.secret, who.last = secrets.pop().replace(" ", ""), Paper(again.text)
    await who.send("/enrol/code", 422, code="000000")
    shown = await who.send("/enrol/code", 200, code=who.code())
    who.codes = tuple(re.findall(r'pk-secret">([0-9A-Z-]{27})</code>', shown.text))
    assert len(set(who.codes)) == 10
    cookie = next(h for h in shown.headers.get_list("set-cookie") if "putokaz_signed_in" in h)
    assert all(word in cookie for word in ("__Host-", "HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert "Max-Age" not in cookie
    page_of_work = await who.read("/")
    assert VUK.name in page_of_work.text
    assert SAYS("app.person") not in page_of_work.text, "nobody chooses who they are"
    assert (await who.client.get("/enrol")).status_code == 403, "the enrolment is over"
    assert (await who.client.get(path)).status_code == 200
    await who.read(path)
    assert (await who.client.post(path, data=who.form(path).fields)).status_code == 403, "a link is good once"
    await who.read("/day")
    assert (await who.send("/sign-out")).headers["location"] == "/sign-in?said=out"
    assert (await who.client.get("/day")).status_code == 303
    assert (await who.sign_in("/day?group=later")).headers["location"] == "/day?group=later"
    await who.read("/day?group=later")
    other = Colleague(VUK, house.browser(address="203.0.113.13"), house.clock, who.secret)
    await other.read("/sign-in")
    code = who.code()  # it has just been used
    await other.send("/sign-in", 403, name=VUK.email, password=PASSWORD, code=code)
    await other.send("/sign-in", name=VUK.email, password=PASSWORD, code=who.codes[0].lower())
    assert SAYS.label(Proof.RECOVERY_CODE) in (await other.read("/account")).text


@pytest.mark.parametrize("next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
async def test_it_leads_nowhere_else(house: Guarded, next: str) -> None:
    """Only to paths of ours."""
    async with house.browser(address="203.0.113.14") as browser:
        form = Paper((await browser.get("/sign-in", params={"next": next})).text).forms[-1]
        assert form.fields["next"] == "/"


async def test_one_sentence_for_whatever_is_wrong(house: Guarded) -> None:
    """Unknown name, wrong password, wrong code, an account that was never set up, a person without one: all alike."""
    known = at(house, DUNJA, "203.0.113.15")
    await known.enrol_by_password(house.invite(DUNJA))
    house.vault.invitations.redeem(
        house.vault.invitations.invite(TEODORA.id, now=house.clock()).token, now=house.clock()
    )
    tries = [
        ("niko@example.org", PASSWORD, "123456"),
        (DUNJA.email, "pogrešna lozinka", "123456"),
        (DUNJA.email, PASSWORD, "000000"),
        (DUNJA.email, PASSWORD, "AAAAAA-AAAAAA-AAAAAA-AAAAAA"),
        (TEODORA.email, PASSWORD, "123456"),
        (JASNA.email, PASSWORD, "123456"),
        ("", "", ""),
    ]
    said = set()
    for number, (name, password, code) in enumerate(tries):
        async with house.browser(address=f"203.0.113.{20 + number}") as browser:
            form = Paper((await browser.get("/sign-in")).text).forms[-1]
            answer = await browser.post(
                "/sign-in", data={**form.fields, "name": name, "password": password, "code": code}
            )
            assert answer.status_code == 403
            assert password not in answer.text or not password
            said.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(said) == 1
    assert SAYS("signin.refused") in Paper(said.pop()).text


async def test_whoever_guesses_waits(house: Guarded) -> None:
    """Also at a name that nobody has. Who has signed in from an address of hers before is not kept out by it."""
    async with house.browser(address="198.51.100.1") as browser:
        for name in ("izmisljena@example.org", OGNJEN.email):
            form = Paper((await browser.get("/sign-in")).text).forms[-1]
            seen = []
            for _ in range(7):
                answer = await browser.post(
                    "/sign-in", data={**form.fields, "name": name, "password": "x", "code": "1"}
                )
                seen.append(answer.status_code)
            assert 429 in seen
            assert seen[0] == 403 or name == OGNJEN.email
    async with house.browser(address="198.51.100.2") as browser:
        asked = [(await browser.post("/sign-in/challenge")).status_code for _ in range(64)]
        assert asked[:60] == [200] * 60
        assert asked[-1] == 429
    async with house.browser(address="198.51.100.3") as browser:
        assert (await browser.post("/sign-in/challenge")).status_code == 200


async def test_a_passkey_is_enough(house: Guarded) -> None:
    """To enrol, to sign in, to step up; the last one stays; a foreign site and a copied key raise an alarm."""
    who = at(house, JASNA, "203.0.113.40")
    device = await who.enrol_by_passkey(house.invite(JASNA))
    assert JASNA.name in (await who.read("/day")).text
    again = at(house, JASNA, "203.0.113.41")
    assert (await again.by_passkey(device)).headers["location"] == "/"
    page = await again.read("/account")
    assert "telefon" in page.text
    assert not [form for form in page.forms if form.action.endswith("/remove")], "step up first"
    await again.by_passkey(device, "/step-up")
    page = await again.read("/account")
    (removing,) = [form.action for form in page.forms if form.action.endswith("/remove")]
    assert (await again.send(removing)).headers["location"] == "/account?said=passkey-last"
    await again.read("/account")
    second = await again.add_passkey("/account/passkeys/challenge", "/account/passkeys")
    assert (await who.client.get("/day")).status_code == 303, "other sessions end after a change"
    third = at(house, JASNA, "203.0.113.42")
    with capture_logs() as logs:
        await third.by_passkey(second, status=403, origin="https://putokaz.example.com")
        device.counter = 0
        await third.by_passkey(device, status=403)
    assert [each["fault"] for each in logs if each["event"] == "sign-in alarm"] == [
        "foreign-origin",
        "counter-ran-back",
    ]
    assert (await third.by_passkey(second)).status_code == 303
    stranger = at(house, MILA, "203.0.113.43")
    assert (await stranger.by_passkey(second)).status_code == 303  # whoever holds the key is whose key it is
    assert JASNA.name in (await stranger.read("/day")).text


async def test_a_change_is_proven_first_and_ends_other_sessions(house: Guarded) -> None:
    """Password, telephone and codes; stepping up changes the token, and the form that stood open is still good."""
    who = at(house, OGNJEN, "203.0.113.50")
    await who.enrol_by_password(house.invite(OGNJEN))
    elsewhere = Colleague(OGNJEN, house.browser(address="203.0.113.51"), house.clock, who.secret)
    await elsewhere.sign_in()
    page = await who.read("/account")
    token = page.forms[-1].fields["token"]
    before = who.client.cookies["__Host-putokaz_signed_in"]
    refused = await who.client.post("/account/password", data={"token": token, "password": "tri bela slona"})
    assert refused.headers["location"] == "/step-up?next=%2Faccount"
    assert (await who.step_up()).headers["location"] == "/account"
    assert who.client.cookies["__Host-putokaz_signed_in"] != before
    async with house.browser() as thief:
        thief.cookies.set("__Host-putokaz_signed_in", before, domain=NAME)
        assert (await thief.get("/day")).status_code == 303, "the token from before opens nothing"
    changed = await who.client.post("/account/password", data={"token": token, "password": "tri bela slona"})
    assert changed.headers["location"] == "/account?said=password"
    assert (await elsewhere.client.get("/day")).status_code == 303
    await elsewhere.read("/sign-in")
    await elsewhere.send("/sign-in", 403, name=OGNJEN.email, password=PASSWORD, code=who.code())
    await who.read("/account")
    new_codes = await who.send("/account/recovery-codes", 200)
    assert not set(who.codes) & set(re.findall(r'pk-secret">([0-9A-Z-]{27})</code>', new_codes.text))
    await who.read("/account")
    shown = await who.send("/account/generator", 200)
    found = re.search(r'pk-secret">([A-Z2-7 ]+)</code>', shown.text)
    assert found is not None
    await who.send("/account/generator/confirm", 422, code="000000")
    who.secret = found[1].replace(" ", "")
    assert (await who.send("/account/generator/confirm", code=who.code())).headers["location"].endswith("generator")
    house.clock.ahead += timedelta(minutes=6)
    page = await who.read("/account")
    assert "/account/password" not in {form.action for form in page.forms}, "a proof counts for five minutes"
    foreign = await who.client.post("/account/sessions/end-others", data={"token": "f" * 64})
    assert foreign.status_code == 403


async def test_an_empty_chair_signs_nobody_in_for_longer(house: Guarded) -> None:
    """A page's own questions count for nothing; a person's do; after 12 hours nothing does."""
    who = at(house, LUKA, "203.0.113.60")
    await who.enrol_by_password(house.invite(LUKA))
    for _ in range(3):
        house.clock.ahead += timedelta(minutes=6)
        found = await who.client.get("/session")
    assert (found.status_code, found.headers["content-type"]) == (401, "application/problem+json")
    assert (await who.client.get("/day")).status_code == 303
    await who.sign_in()
    for _ in range(3):
        house.clock.ahead += timedelta(minutes=12)
        await who.read("/day")
    for _ in range(4):
        house.clock.ahead += timedelta(minutes=12)
        polled = await who.client.get("/day", headers={"hx-request": "true"})
    assert polled.status_code == 401
    assert SAYS("signin.ended") in Paper(polled.text).text
    await who.sign_in()
    for _ in range(12 * 5 + 1):
        house.clock.ahead += timedelta(minutes=12)
        last = await who.client.get("/day")
    assert last.status_code == 303


async def test_who_has_left_is_turned_away_within_a_second(house: Guarded) -> None:
    """From the moment that the leaving is recorded; the account is gone, and neither it nor a new link lets them in."""
    who = at(house, NADA, "203.0.113.70")
    await who.enrol_by_password(house.invite(NADA))
    await who.read("/day")
    link = house.invite(NADA)
    transport = httpx.ASGITransport(app=house.house.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as vera:
        left = await vera.post(
            f"/api/v1/staff/{NADA.id}/commands",
            json={"kind": "leave", "body": {"successors": [{"staff": str(VERA.id), "roles": []}]}},
            headers={"X-Putokaz-Person": str(VERA.id), "Idempotency-Key": str(uuid4())},
        )
    recorded = time.monotonic()
    assert left.status_code == 200, left.text
    answer = await who.client.get("/day")
    assert time.monotonic() - recorded < 1
    assert answer.headers["location"] == "/sign-in?next=%2Fday"
    assert house.vault.accounts.get(NADA.id) is None
    assert house.vault.sessions.listed(NADA.id, now=house.clock()) == []
    await who.sign_in(status=403)
    await who.read(link)
    assert (await who.client.post(link, data=who.form(link).fields)).status_code == 403


async def test_what_was_typed_is_there_after_signing_in_again(house: Guarded) -> None:
    """The page gives it back; sent again under another session it saves nothing unseen. A password never comes back."""
    who = at(house, VERA, "203.0.113.80")
    await who.enrol_by_password(house.invite(VERA))
    path = f"/journeys/{uuid4()}/open"
    await who.read(path)
    assert who.last is not None
    form = who.last.form
    house.clock.ahead += timedelta(minutes=16)
    ended = await who.client.post(path, data={**form.fields, "note": "Zvala je sestra.", "intent": "save"})
    assert ended.status_code == 401
    assert "Zvala je sestra." in ended.text
    assert 'href="/sign-in?next=%2Faccount" target="_blank"' in ended.text
    kept = Paper(ended.text).forms[-1]
    assert kept.fields["command_id"] == form.fields["command_id"]
    await who.sign_in()
    again = await who.client.post(path, data={**kept.fields, "note": "Zvala je sestra.", "intent": "save"})
    assert again.status_code == 403
    assert "Zvala je sestra." in again.text
    fresh = Paper(again.text).form
    assert fresh.fields["token"] != kept.fields["token"]
    assert fresh.fields["command_id"] == form.fields["command_id"]
    house.clock.ahead += timedelta(minutes=16)
    secret = await who.client.post("/account/password", data={"token": "x", "password": "tri plava slona"})
    assert secret.status_code == 303
    assert "slona" not in secret.text


async def test_the_api_is_of_whoever_is_signed_in(house: Guarded) -> None:
    """A header names nobody in production; sessions are listed and ended there as well."""
    who = at(house, TEODORA, "203.0.113.90")
    await who.enrol_by_password(house.invite(TEODORA))
    elsewhere = Colleague(TEODORA, house.browser(address="203.0.113.91"), house.clock, who.secret)
    await elsewhere.sign_in()
    me = (await who.client.get("/api/v1/session", headers={"X-Putokaz-Person": str(VERA.id)})).json()
    assert (me["staff"], me["device"], me["proof"]) == (str(TEODORA.id), "computer", "code")
    rows = (await who.client.get("/api/v1/me/sessions")).json()
    assert {row["here"] for row in rows} == {True, False}
    other = next(row["id"] for row in rows if not row["here"])
    assert (await who.client.delete(f"/api/v1/me/sessions/{other}")).status_code == 204
    assert (await elsewhere.client.get("/api/v1/session")).status_code == 401
    assert (await who.client.delete(f"/api/v1/me/sessions/{other}")).status_code == 404
    foreign = await who.client.delete(f"/api/v1/me/sessions/{me['id']}", headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert (await who.client.delete(f"/api/v1/me/sessions/{me['id']}")).status_code == 204
    assert (await who.client.get("/api/v1/journeys")).status_code == 401
