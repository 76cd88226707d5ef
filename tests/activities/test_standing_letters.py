"""No letter shows where a person stands: that of a permit is the letter of any other date."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest

from activities.letters import Notice, letter
from activities.pathway_files import PathwayStore
from domain.journey.naming import journey_code
from domain.pathway.check_standing import titles_of_standing
from domain.pathway.formal_status import FormalStatus
from domain.stream.firing import RungsFired
from tests.domain.given import JOURNEY, Given, with_hearing
from tests.domain.residence.scenes import fire_next, granted, last_fired
from tests.domain.status.test_deciding import PATHS, said

ASTRA = PathwayStore(Path(__file__).parents[2] / "pathways").latest("astra").pathway
SAME = UUID("5b1d0000-0000-5000-8000-000000000004")
ONE_DATE = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)


def _letter(fired: RungsFired, locale: str) -> EmailMessage:
    """As the deliverer writes it, but of one date and one id for all."""
    code = journey_code(JOURNEY)
    link = f"https://putokaz.example.org/j/{code}"
    notice = Notice(message=SAME, code=code, due_at=ONE_DATE, zone=fired.zone, late=False, link=link)
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return letter(notice, sender="putokaz@example.org", recipient="mila@example.org", locale=locale, now=now)


def _hearing() -> Given:
    scene = with_hearing()
    return scene.having(*(said(s, decided_on=scene.now.date()) for s in PATHS[FormalStatus.IDENTIFIED]))


@pytest.mark.parametrize("locale", ["sr-Latn", "en"])
def test_the_letter_of_a_permit_is_that_of_any_other_date(locale: str) -> None:
    """Word for word the same for each kind of permit, warning or alarm, whatever the state decided."""
    scenes = [granted(), granted("long", "opinion")]
    for _ in range(5):
        scenes.append(fire_next(scenes[-1]))
    fired = [last_fired(fire_next(scene)) for scene in scenes]
    hearing = _letter(fired[0].model_copy(update={"obligation": "step:hearing:1"}), locale)
    assert {_letter(event, locale).as_string() for event in fired} == {hearing.as_string()}


@pytest.mark.parametrize("locale", ["sr-Latn", "en"])
def test_no_word_of_these_sections_is_in_a_letter(locale: str) -> None:
    """No title, no code of a kind, ground or status."""
    text = _letter(last_fired(fire_next(granted())), locale).as_string().casefold()
    words = {t.en for _, t in titles_of_standing(ASTRA.formal_status, ASTRA.screening, ASTRA.residence)}
    words |= {status.value for status in FormalStatus} | {"residence", "boravak", "status"}
    assert [word for word in words if word.casefold() in text] == []


def test_the_code_of_a_journey_is_the_same_whatever_the_state_decided() -> None:
    """It is made of the id alone."""
    assert journey_code(_hearing().state.id) == journey_code(with_hearing().state.id)
