"""Decisions while each part dies in turn: nobody ever hears a false error or a false success.

Every answer is compared with the log. "Done" means recorded, once; "refused" means refused, and nothing recorded; "not
now" was followed by the truth under the same key. A web process that dies is a broken connection to whoever waits.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from domain.codes import SYSTEM_ACTOR
from domain.journey.state import journey_stream
from eventlog.decision import OutcomeKind
from eventlog.log import EventLog
from tests.worker.client import Person, Said, Told
from tests.worker.installation import Installation, Part, installation
from workflows.messages import STAFF_PATIENCE

PEOPLE = 6
RECOVERED = 20.0
"""Seconds within which a part that is thawed is at work as before."""
AWAY = 3.0
"""Seconds until a part is started again."""


def test_two_parts_die_and_every_word_was_true() -> None:
    """The short one, for every run of the tests."""
    with installation() as whole:
        told = _at_work(whole, (Part.WEB, Part.POSTGRES), 18)
        _compare(whole, told)


@pytest.mark.soak
def test_each_part_dies_in_turn_and_every_word_was_true() -> None:
    """Six parts, 40 decisions with each death: 240 in all."""
    with installation() as whole:
        told = _at_work(whole, tuple(Part), 40)
        assert len(told) >= 200
        _compare(whole, told)


@pytest.mark.parametrize("part", [Part.WORKER, Part.TEMPORAL])
def test_a_frozen_part_is_an_outage_like_a_dead_one(part: Part) -> None:
    """It holds its connections and says nothing: the decision is recorded all the same, and the person told."""
    with installation() as whole:
        person = Person(whole.address)
        journey = person.open().journey
        whole.freeze(part)
        told = person.command(journey, "assign", {"role": "lawyer", "staff": str(uuid4())})
        assert (told.said, told.reminders_resume_later) == (Said.DONE, True)
        assert told.longest < STAFF_PATIENCE.total_seconds() + 3
        whole.thaw(part)
        end = time.monotonic() + RECOVERED
        while told.reminders_resume_later:
            assert time.monotonic() < end, "it never came back"
            time.sleep(1)
            told = person.command(journey, "assign", {"role": "lawyer", "staff": str(uuid4())})
            assert told.said is Said.DONE
        _compare(whole, person.told)
        person.close()


def _at_work(whole: Installation, parts: Sequence[Part], each: int) -> list[Told]:
    people = [Person(whole.address) for _ in range(PEOPLE)]
    try:
        return _through(whole, parts, each, people)
    finally:
        for person in people:
            person.close()


def _through(whole: Installation, parts: Sequence[Part], each: int, people: Sequence[Person]) -> list[Told]:
    with ThreadPoolExecutor(PEOPLE) as threads:
        ready = [n % PEOPLE for n in range(len(parts) * each)]
        journeys = [t.journey for t in threads.map(lambda n: people[n].open(), ready)]
    for part in parts:
        batch = [journeys.pop() for _ in range(each)]
        _while_it_dies(whole, part, people, batch)
    told = [t for person in people for t in person.told]
    assert sum(person.lost for person in people) > 0 or Part.WEB not in parts, "the web process died unnoticed"
    assert sum(person.away for person in people) > 0 or Part.POSTGRES not in parts, "PostgreSQL died unnoticed"
    return told


def _while_it_dies(whole: Installation, part: Part, people: Sequence[Person], journeys: Sequence[UUID]) -> None:
    """The part is killed when a quarter of the decisions has been answered, and is back after some seconds.

    The last decision of each person is sent when it is dead.
    """
    before, dead = sum(len(person.told) for person in people), threading.Event()

    def work(person: Person, mine: Sequence[UUID]) -> None:
        for n, journey in enumerate(mine):
            if n == len(mine) - 1:
                dead.wait(30)
            _KINDS[n % len(_KINDS)](person, journey)
            time.sleep(0.3)

    with ThreadPoolExecutor(len(people)) as threads:
        under_way = [threads.submit(work, p, journeys[i :: len(people)]) for i, p in enumerate(people)]
        while sum(len(person.told) for person in people) < before + len(journeys) // 4:
            assert not any(each.done() and each.exception() for each in under_way), "it failed before anything died"
            time.sleep(0.02)
        whole.kill(part)
        dead.set()
        time.sleep(AWAY)
        whole.start(part)
        for each in under_way:
            each.result()


def _advance(person: Person, journey: UUID) -> None:
    told = person.command(journey, "advance-step", {"step": "welcome", "outcome": "done"}, note="Beleška")
    assert told.said is Said.DONE


def _refused(person: Person, journey: UUID) -> None:
    told = person.command(journey, "advance-step", {"step": "welcome", "outcome": "done", "seen": 999})
    assert told.said is Said.REFUSED


def _form(person: Person, journey: UUID) -> None:
    told = person.page(journey, "advance/welcome", outcome="done", note="Белешка са <странице>")
    assert told.said is Said.DONE


def _assign(person: Person, journey: UUID) -> None:
    assert person.command(journey, "assign", {"role": "lawyer", "staff": str(uuid4())}).said is Said.DONE


_KINDS: tuple[Callable[[Person, UUID], None], ...] = (_advance, _form, _refused, _form, _assign)


_ONCE = frozenset({"journey.opened", "journey.step-advanced", "journey.assigned"})
"""What one command of ours records once; steps and stages that follow from it may be several."""


def _compare(whole: Installation, told: Sequence[Told]) -> None:
    """The log's own account of every word, and that it holds nothing that nobody was told of."""
    with EventLog(whole.stack.settings.reader, size=2) as log:
        for each in told:
            outcome = log.outcome(journey_stream(each.journey), each.key)
            assert outcome is not None, f"said {each.said.value}, the log knows nothing of it"
            assert (outcome.kind is OutcomeKind.REFUSED) == (each.said is Said.REFUSED)
            if each.version is not None:
                assert outcome.last_version == each.version
        keys = {each.key: each for each in told}
        for journey in {each.journey for each in told}:
            history = log.load(journey_stream(journey)).history
            counted = Counter((r.command_id, r.event.topic) for r in history if r.actor != SYSTEM_ACTOR)
            for (command_id, topic), times in counted.items():
                assert command_id in keys, "something was recorded of which nobody was told"
                assert keys[command_id].said is Said.DONE
                assert times == 1 or topic not in _ONCE
            assert sum(n for (_, topic), n in counted.items() if topic == "journey.step-advanced") <= 1
    slowest = max(each.longest for each in told)
    assert slowest < 15, f"somebody waited {slowest:.1f} s for an answer"
