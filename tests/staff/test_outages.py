"""What a person reads while a part is away: within seconds, in words, with everything that was typed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from projections.names import ModelName
from projections.versions import TABLES
from staff.i18n.locale import Locale
from tests.fix_proxy import CuttableProxy, Line
from tests.fix_services import DatabaseFactory
from tests.staff.conftest import ORIGIN, acts_as
from tests.staff.house import House, opened
from tests.staff.paper import Paper, Worker, a_stalled_row
from tests.staff.test_timers import audited
from vault.errors import VaultUnavailable
from worker.demo.staff import VERA

SOON = 5.0
"""Seconds within which a page has to say something."""


@pytest.fixture
def frail(
    database_factory: DatabaseFactory, furnished: tuple[str, str], cuttable_proxy: CuttableProxy
) -> Iterator[House]:
    """A house whose line to the log can be cut and frozen."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(cuttable_proxy.dsn(log), vault) as house:
        yield house
        cuttable_proxy.line = Line.OPEN
        cuttable_proxy.cut()


@pytest.mark.parametrize("path", ["/", "/day", "/hearings", "/journeys"])
async def test_a_frozen_database_is_told_within_seconds(frail: House, cuttable_proxy: CuttableProxy, path: str) -> None:
    """Nobody stares at a white page; the page needs neither the database nor a person."""
    transport = httpx.ASGITransport(app=frail.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        acts_as(client, VERA.id)
        assert (await client.get(path)).status_code == 200
        cuttable_proxy.line = Line.FROZEN
        began = time.monotonic()
        answer = await client.get(path)
        assert time.monotonic() - began < SOON
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "Podaci su na sigurnom" in Paper(answer.text).text
        api = await client.get("/api/v1/stalled")
        assert (api.status_code, api.json()["type"]) == (503, "urn:putokaz:problem:unavailable")


async def test_metrics_do_not_repeat_what_they_cannot_know(frail: House, cuttable_proxy: CuttableProxy) -> None:
    """An age that stands still would say that reminders were checked a moment ago, for as long as the outage lasts."""
    audited(frail)
    transport = httpx.ASGITransport(app=frail.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        acts_as(client, VERA.id)
        assert "putokaz_audit_age_seconds NaN" not in (await client.get("/metrics")).text
        cuttable_proxy.line = Line.FROZEN
        figures = await client.get("/metrics")
        assert figures.status_code == 200
        assert "putokaz_audit_age_seconds NaN" in figures.text


def fall_behind(house: House, model: ModelName, events: int) -> None:
    """The read model stands `events` before the head, as if its projector had died some minutes ago."""
    with psycopg.connect(_admin(house), autocommit=True) as connection:
        connection.execute(
            'UPDATE projections.positions SET "position" = "position" - %s WHERE model = %s', (events, TABLES[model])
        )


def park(house: House, model: ModelName, stream: str) -> None:
    """The read model cannot follow this stream since its last event."""
    with psycopg.connect(_admin(house), autocommit=True) as connection:
        connection.execute(
            """INSERT INTO projections.parked (model, stream, first_version, first_position, last_version,
                                               last_position, topic, error)
               SELECT %s, originator_id, originator_version, notification_id, originator_version, notification_id,
                      topic, 'EventUnreadable' FROM eventlog.stored_events WHERE originator_id = %s
                ORDER BY originator_version DESC LIMIT 1""",
            (TABLES[model], stream),
        )


def _admin(house: House) -> str:
    return house.dsn


PAGES = [("/", ModelName.STALLED_BOARD), ("/day", ModelName.MY_DAY), ("/journeys", ModelName.JOURNEY_LIST)]


@pytest.mark.parametrize(("path", "model"), PAGES)
@pytest.mark.parametrize(
    ("locale", "says"),
    [
        (Locale.SERBIAN_LATIN, "Ovaj prikaz kasni"),
        (Locale.SERBIAN_CYRILLIC, "Овај приказ касни"),
        (Locale.ENGLISH, "behind"),
    ],
)
async def test_a_view_that_is_behind_says_so_and_since_when(
    still: House, path: str, model: ModelName, locale: Locale, says: str
) -> None:
    """The projector is dead: whoever looks learns that newer changes are not shown."""
    transport = httpx.ASGITransport(app=still.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        acts_as(client, VERA.id)
        worker = await Worker(client).speak(locale.value)
        assert says not in (await worker.read(path)).text
        fall_behind(still, model, 5)
        assert says in (await worker.read(path)).text


@pytest.fixture
def still(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """A house without a projector."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault, projecting=False) as house:
        yield house


async def test_a_parked_case_says_so_on_its_page_and_the_lists_say_how_many(still: House) -> None:
    """Whoever opens it learns that newer entries are recorded and not shown; other cases say nothing."""
    row = a_stalled_row(still)
    transport = httpx.ASGITransport(app=still.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        acts_as(client, VERA.id)
        worker = await Worker(client).speak("en")
        park(still, ModelName.JOURNEY_FILE, f"journey-{row.journey}")
        park(still, ModelName.STALLED_BOARD, f"journey-{row.journey}")
        assert "cannot be shown. They are recorded" in (await worker.read(f"/journeys/{row.journey}")).text
        assert "1 case is not shown up to date here." in (await worker.read("/")).text
        assert "not shown up to date" not in (await worker.read("/day")).text


async def test_without_the_vault_a_file_is_shown_and_its_notes_say_that_they_are_away(
    house: House, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deadlines and steps are worth reading without the notes."""
    row, worker = a_stalled_row(house), Worker(browser)
    path = f"/journeys/{row.journey}/advance/{row.step}"
    form = (await worker.read(path)).form
    saved = await worker.send(path, form, outcome="done", note="Dogovor", intent="save")
    assert saved.status_code == 303

    def away(*_: object, **__: object) -> str:
        raise VaultUnavailable("away")

    monkeypatch.setattr(house.desk, "unseal", away)
    text = (await worker.read(f"/journeys/{row.journey}")).text
    assert "trenutno nije dostupno" in text


async def test_without_the_vault_a_note_comes_back_and_the_form_may_be_saved_without_it(
    house: House, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same id, so that nothing is recorded twice."""
    row, worker = a_stalled_row(house), Worker(browser)
    path = f"/journeys/{row.journey}/advance/{row.step}"
    form = (await worker.read(path)).form

    def away(*_: object, **__: object) -> str:
        raise VaultUnavailable("away")

    monkeypatch.setattr(house.desk, "seal", away)
    answer = await worker.send(path, form, outcome="done", note="Dogovor", intent="save")
    assert answer.status_code == 503
    kept = Paper(answer.text)
    assert "sačuvajte bez nje" in kept.text
    assert kept.form.fields["note"] == "Dogovor"
    assert kept.form.fields["command_id"] == form.fields["command_id"]
    saved = await worker.send(path, kept.form, note="", intent="save")
    assert saved.status_code == 303
