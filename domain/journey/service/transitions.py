"""The chain of a service as a table: what may be said of it where it stands, and where it stands afterwards.

    need assessed → offered → consented | declined → planned → scheduled
      → carried out | no-show | cancelled | aborted for safety → outcome recorded → follow-up due → closed

Whatever is not in the table is refused. Consent withdrawn, a freeze and the closing of the journey are no moves: they
come from outside and are events of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.codes import Mover
from domain.journey.service.codes import Move, ServiceStatus
from domain.pathway.services import Situation

_S, _M = ServiceStatus, Move

_MISSED = (_S.NO_SHOW, _S.CANCELLED_BY_CLIENT, _S.CANCELLED_BY_PROVIDER, _S.ABORTED)
_AHEAD = (_S.NEEDED, _S.OFFERED, _S.CONSENTED, _S.PLANNED)
_LIVE = (*_AHEAD, _S.SCHEDULED, _S.CARRIED_OUT, *_MISSED, _S.OUTCOME_RECORDED, _S.FOLLOW_UP_DUE)

_MOVES: Mapping[Move, tuple[tuple[ServiceStatus, ...], ServiceStatus]] = {
    _M.OFFER: ((_S.NEEDED,), _S.OFFERED),
    _M.CONSENT: ((_S.OFFERED,), _S.CONSENTED),
    _M.DECLINE: (_LIVE, _S.DECLINED),
    _M.PLAN: ((_S.CONSENTED, _S.PLANNED, *_MISSED), _S.PLANNED),
    _M.SCHEDULE: ((_S.PLANNED, _S.SCHEDULED, _S.CARRIED_OUT, *_MISSED, _S.FOLLOW_UP_DUE), _S.SCHEDULED),
    _M.CARRY_OUT: ((_S.PLANNED, _S.SCHEDULED, _S.CARRIED_OUT), _S.CARRIED_OUT),
    _M.NO_SHOW: ((_S.SCHEDULED,), _S.NO_SHOW),
    _M.CANCEL_BY_CLIENT: ((_S.PLANNED, _S.SCHEDULED), _S.CANCELLED_BY_CLIENT),
    _M.CANCEL_BY_PROVIDER: ((_S.PLANNED, _S.SCHEDULED), _S.CANCELLED_BY_PROVIDER),
    _M.ABORT: ((_S.PLANNED, _S.SCHEDULED), _S.ABORTED),
    _M.RECORD_OUTCOME: ((_S.CARRIED_OUT, *_MISSED), _S.OUTCOME_RECORDED),
    _M.SET_FOLLOW_UP: ((_S.OUTCOME_RECORDED, _S.FOLLOW_UP_DUE), _S.FOLLOW_UP_DUE),
    _M.HOLD_FOLLOW_UP: ((_S.FOLLOW_UP_DUE,), _S.OUTCOME_RECORDED),
    _M.CLOSE: ((*_AHEAD, *_MISSED, _S.OUTCOME_RECORDED, _S.FOLLOW_UP_DUE), _S.CLOSED),
}

TRANSITIONS: Mapping[tuple[ServiceStatus, Move], ServiceStatus] = {
    (status, move): after for move, (before, after) in _MOVES.items() for status in before
}

MAY_COMPLETE = frozenset({_S.OUTCOME_RECORDED, _S.FOLLOW_UP_DUE})
"""Where a service may be closed as completed; elsewhere it is closed for another reason."""

WHILE_FROZEN = frozenset({_M.DECLINE, _M.CLOSE})
"""What may be said of a service that rests; for anything else it is resumed first."""

SITUATION: Mapping[ServiceStatus, Situation] = {
    _S.NEEDED: Situation.NEEDED,
    _S.OFFERED: Situation.OFFERED,
    _S.CONSENTED: Situation.CONSENTED,
    _S.PLANNED: Situation.PLANNED,
    _S.SCHEDULED: Situation.SCHEDULED,
    _S.CARRIED_OUT: Situation.CARRIED_OUT,
    **dict.fromkeys(_MISSED, Situation.MISSED),
    _S.OUTCOME_RECORDED: Situation.RECORDED,
    _S.FOLLOW_UP_DUE: Situation.FOLLOW_UP,
}
"""What is due next in each state that is not over."""


def allowed(status: ServiceStatus) -> tuple[Move, ...]:
    """What may be said of a service that stands here."""
    return tuple(move for move in Move if (status, move) in TRANSITIONS)


def waits_on(status: ServiceStatus, own: Mover) -> Mover:
    """Whose move it is. `own`: on whom the service waits while an appointment or a result is awaited."""
    match status:
        case _S.OFFERED | _S.NO_SHOW | _S.CANCELLED_BY_CLIENT:
            return Mover.CLIENT
        case _S.CANCELLED_BY_PROVIDER:
            return Mover.PARTNER
        case _S.PLANNED | _S.CARRIED_OUT:
            return own
        case _:
            return Mover.US
