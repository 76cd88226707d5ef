"""The bare part of an open journey: a workflow that shows when it wakes, and sleeps."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import SearchAttributeKey

_NEXT_WAKE = SearchAttributeKey.for_datetime("NextWake")
_LONG = timedelta(days=400)


@workflow.defn(name="bare-timer")
class BareTimer:
    """One search attribute and one timer."""

    @workflow.run
    async def run(self) -> None:
        workflow.upsert_search_attributes([_NEXT_WAKE.value_set(workflow.now() + _LONG)])
        await workflow.sleep(_LONG)
