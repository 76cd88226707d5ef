"""The table: every move from every state, allowed and refused, is what the deciders do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.journey.service.codes import OVER, Move, ServiceEnd, ServiceOutcome, ServiceReason, ServiceStatus
from domain.journey.service.events import ServiceMoved
from domain.journey.service.moving import TAKES
from domain.journey.service.transitions import SITUATION, TRANSITIONS, allowed
from domain.pathway.services import Situation
from domain.refusal import RefusalCode, Refused
from tests.domain.given import Given
from tests.domain.service.told import CLINIC, advance, owed, stands, state

ALLOWED = """
needed: offer decline close
offered: consent decline close
consented: decline plan close
declined:
planned: decline plan schedule carry-out cancel-by-client cancel-by-provider abort close
scheduled: decline schedule carry-out no-show cancel-by-client cancel-by-provider abort
carried-out: decline schedule carry-out record-outcome
no-show: decline plan schedule record-outcome close
cancelled-by-client: decline plan schedule record-outcome close
cancelled-by-provider: decline plan schedule record-outcome close
aborted: decline plan schedule record-outcome close
outcome-recorded: decline set-follow-up close
follow-up-due: decline schedule set-follow-up hold-follow-up close
closed:
stopped:
ended:
"""
"""The table once more, by states, written by hand from the chain."""


def _by_hand() -> dict[ServiceStatus, set[Move]]:
    lines = (line.partition(":") for line in ALLOWED.split("\n") if line)
    return {ServiceStatus(status): {Move(m) for m in moves.split()} for status, _, moves in lines}


def _fields(given: Given, move: Move, status: ServiceStatus) -> dict[str, Any]:
    """What the move needs."""
    match move:
        case Move.PLAN:
            return {"provider": CLINIC, "sessions": 8}
        case Move.SCHEDULE:
            return {"appointment": given.now + timedelta(days=2)}
        case Move.SET_FOLLOW_UP:
            return {"on": (given.now + timedelta(days=20)).date()}
        case Move.RECORD_OUTCOME | Move.HOLD_FOLLOW_UP:
            return {"outcome": ServiceOutcome.ACHIEVED}
        case Move.ABORT:
            return {"reason": ServiceReason.NOT_SAFE}
        case Move.CLOSE:
            late = status in (ServiceStatus.OUTCOME_RECORDED, ServiceStatus.FOLLOW_UP_DUE)
            return {"end": ServiceEnd.COMPLETED if late else ServiceEnd.NOT_NEEDED}
        case _:
            return {}


def test_the_table_is_the_one_written_by_hand() -> None:
    """Two people reading the chain write the same."""
    assert {status: set(allowed(status)) for status in ServiceStatus} == _by_hand()


@pytest.mark.parametrize("status", [s for s in ServiceStatus if s is not ServiceStatus.ENDED])
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(status: ServiceStatus, move: Move) -> None:
    """A repeated service: what the table has is taken and leads where it says; everything else is refused."""
    service = "exam" if status is ServiceStatus.OUTCOME_RECORDED else "talk"
    before = stands(service, status)
    assert state(before, service).status is status
    answer = before.when(advance(service, move, **_fields(before, move, status)))
    if (status, move) not in TRANSITIONS:
        assert isinstance(answer.decision, Refused)
        assert answer.decision.code is RefusalCode.MOVE_NOT_ALLOWED
        assert answer.decision.allowed == tuple(m.value for m in allowed(status))
        return
    moved = answer.events[0]
    assert isinstance(moved, ServiceMoved)
    assert (moved.move, moved.status) == (move, TRANSITIONS[status, move])
    after = state(answer.after, service)
    assert (after.version > state(before, service).version, after.moved_version) == (True, before.state.version + 1)
    due = owed(answer.after, after.key)
    assert (due is None) is (after.status in OVER)


def test_nothing_may_be_said_of_a_service_of_a_closed_journey() -> None:
    """The journey is reopened first."""
    closed = stands("talk", ServiceStatus.ENDED)
    for move in Move:
        closed.when(advance("talk", move)).then_refused(RefusalCode.JOURNEY_CLOSED)


def test_every_state_that_is_not_over_has_a_situation() -> None:
    """So that something is due in it."""
    assert set(SITUATION) == set(ServiceStatus) - OVER
    assert {move for _, move in TRANSITIONS} == set(Move) == set(TAKES)
    assert set(SITUATION.values()) <= set(Situation)


def test_from_every_state_a_service_can_end() -> None:
    """By the client's wish at any time; nothing is a trap."""
    for status in set(ServiceStatus) - OVER:
        assert TRANSITIONS[status, Move.DECLINE] is ServiceStatus.DECLINED
