"""The board says in words whether reminders can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import StreamName
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.mission.state import mission_stream
from domain.stream.naming import stream_code
from projections.audits import Audit, AuditFault, AuditFinding
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.fix_eventlog import administrator
from tests.staff.house import House
from tests.staff.paper import Worker, every_journey
from worker.audit.book import AuditBook


def audited(house: House, findings: Sequence[AuditFinding] = (), *, minutes_ago: int = 0) -> None:
    """An audit, as a worker writes it down."""
    book = AuditBook(house.dsn)
    audit = Audit(uuid4(), 0.5, 31, 31, tuple(findings))
    book.write(audit)
    book.close()
    with administrator(house.dsn) as connection:
        connection.execute(
            "UPDATE projections.audits SET finished_at = finished_at - make_interval(mins => %s) WHERE audit = %s",
            (minutes_ago, audit.audit),
        )


async def test_before_the_first_check_it_says_so(house: House, browser: httpx.AsyncClient) -> None:
    """Nobody believes that all is well because nothing is said."""
    page = await (await Worker(browser).speak("en")).read("/")
    assert "Reminders have not been checked yet: they may be late." in page.text


async def test_all_is_well(house: House, browser: httpx.AsyncClient) -> None:
    """One quiet line with its age."""
    audited(house, minutes_ago=3)
    page = await (await Worker(browser).speak("en")).read("/")
    assert "Reminders were checked 3 minutes ago: all of them work." in page.text
    page = await (await Worker(browser).speak("sr-Cyrl")).read("/")
    assert "Подсетници су проверени пре 3 минута: сви раде." in page.text


async def test_what_was_put_right_is_shown_for_a_day(house: House, browser: httpx.AsyncClient) -> None:
    """By code with a link, beyond eight by number; the check after it does not hide it, a day does."""
    journeys = every_journey(house)[:11]
    findings = [AuditFinding(journey_stream(j), AuditFault.MISSING, True) for j in journeys]
    audited(house, findings, minutes_ago=60 * 23)
    audited(house, minutes_ago=1)
    page = await browser.get("/", headers={"cookie": "putokaz_locale=en"})
    assert "11 cases whose reminders had stopped" in page.text
    shown = [journey for journey in journeys if f'href="/journeys/{journey}">{journey_code(journey)}</a>' in page.text]
    assert len(shown) >= 8
    assert "and 3 more" in page.text
    with administrator(house.dsn) as connection:
        connection.execute("UPDATE projections.audits SET finished_at = finished_at - interval '2 hours'")
    assert "had stopped" not in (await browser.get("/", headers={"cookie": "putokaz_locale=en"})).text


async def test_what_could_not_be_put_right_is_an_alarm(house: House, browser: httpx.AsyncClient) -> None:
    """With what the team can do meanwhile."""
    journey = every_journey(house)[0]
    audited(house, [AuditFinding(journey_stream(journey), AuditFault.UNREADABLE, False)])
    page = await (await Worker(browser).speak("en")).read("/")
    assert "1 case whose records cannot be read" in page.text
    assert "Watch their dates yourselves" in page.text


async def test_a_mission_whose_timers_are_broken_is_named_too(house: House, browser: httpx.AsyncClient) -> None:
    """A team is out there: an alarm that names nobody would help nobody. It has no page yet, so there is no link."""
    mission = UUID(int=11)
    audited(house, [AuditFinding(mission_stream(mission), AuditFault.MISSING, False)])
    page = await (await Worker(browser).speak("en")).read("/")
    assert f"1 case whose reminders have stopped: {stream_code(StreamName.MISSION, mission)}" in page.text
    audited(house, [AuditFinding("backup-of-somebody", AuditFault.SURPLUS, False)])
    assert "reminders go on" not in (await Worker(browser).read("/")).text, "nobody's stream"


async def test_a_check_that_does_not_come_is_an_alarm(house: House, browser: httpx.AsyncClient) -> None:
    """The worker or Temporal has been away for a while."""
    audited(house, minutes_ago=47)
    page = await (await Worker(browser).speak("en")).read("/")
    assert "Reminders have not been checked for 47 minutes: they may be late." in page.text
    metrics = (await browser.get("/metrics")).text
    assert "putokaz_audit_age_seconds 28" in metrics
    assert 'putokaz_audit_findings_last_day{fault="missing",healed="yes"} 0.0' in metrics


@pytest.mark.parametrize("fault", AuditFault)
@pytest.mark.parametrize("locale", Locale)
def test_every_fault_has_its_words(fault: AuditFault, locale: Locale) -> None:
    """Of the past and of the present, in every language and number."""
    for key in ("healed", "broken"):
        for count in (1, 3, 12):
            assert str(count) in Words(locale).count(f"timers.{key}.{fault.value}", count)
