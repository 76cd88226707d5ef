"""What a run shows to audits, without being asked: the search attributes `StreamVersion` and `NextWake`."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from workflows.messages import Agenda

STREAM_VERSION = SearchAttributeKey.for_int("StreamVersion")
NEXT_WAKE = SearchAttributeKey.for_datetime("NextWake")


class Showing:
    """Of one run. Each change is a write to Temporal's visibility store, the dearest part of a decision."""

    def __init__(self) -> None:
        self._shown: Agenda | None = None

    def show(self, agenda: Agenda) -> None:
        """Shows where the stream is now."""
        shown = self._shown
        if shown is not None and shown.version == agenda.version and shown.wake == agenda.wake:
            return
        wake = agenda.wake
        next_wake = NEXT_WAKE.value_unset() if wake is None else NEXT_WAKE.value_set(wake.at)
        workflow.upsert_search_attributes([STREAM_VERSION.value_set(agenda.version), next_wake])
        self._shown = agenda

    def show_wake(self, agenda: Agenda) -> None:
        """Shows it at once where the next moment is another; else the version may wait for the relay's word."""
        if self._shown is None or _moment(self._shown) != _moment(agenda):
            self.show(agenda)


def _moment(agenda: Agenda) -> object:
    return None if agenda.wake is None else agenda.wake.at
