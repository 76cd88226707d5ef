"""The audit as an activity: the worker gives it what to do, this gives it a pulse and codes for its errors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.pulse import with_pulse
from activities.temporal import fault_of
from workflows.messages import Activity

_log = structlog.get_logger("putokaz.audit")

_PULSE = 15.0
"""Seconds between two heartbeats: a worker that dies is noticed within a minute, and another one goes on."""


class AuditActivity:
    """`audit` compares and heals everything, and keeps its report; what it returns does not travel."""

    def __init__(self, audit: Callable[[], Coroutine[Any, Any, object]]) -> None:
        self._audit = audit

    @activity.defn(name=Activity.AUDIT)
    async def audit(self) -> None:
        try:
            await with_pulse(self._audit(), _PULSE)
        except Exception as error:
            code = fault_of(error)
            # The text of an unexpected error may quote data: its type is logged, its words are not.
            _log.warning("audit failed", attempt=activity.info().attempt, fault=code.value, kind=type(error).__name__)
            raise ApplicationError(code.value, type=code.value) from None
