"""A small workflow with an activity, for tests of what travels through Temporal.

Imports no codec, as no workflow module does.
"""

from __future__ import annotations

import time
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError


@activity.defn
async def shout(text: str) -> str:
    """Upper case; fails on request, with the text in its message."""
    if text.startswith("fail"):
        raise ApplicationError(text, type="Shouted")
    return text.upper()


@workflow.defn
class EchoWorkflow:
    """Returns what the activity makes of its argument."""

    @workflow.run
    async def run(self, text: str) -> str:
        return await workflow.execute_activity(
            shout,
            text,
            start_to_close_timeout=timedelta(seconds=10),
            retry_policy=RetryPolicy(maximum_attempts=1),
        )


@workflow.defn
class ClockWorkflow:
    """Reads the machine's clock, which no workflow may."""

    @workflow.run
    async def run(self) -> float:
        return time.time()
