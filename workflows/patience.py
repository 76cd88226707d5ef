"""How long the loop waits for its activities, and how often it tries."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.messages import FaultCode

ATTEMPT = timedelta(seconds=20)
WITHOUT_LIMIT = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
TWICE = RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=2)
WHILE_A_PERSON_WAITS = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=1),
    maximum_attempts=8,
    non_retryable_error_types=[FaultCode.PATHWAY_MISSING, FaultCode.EVENT_UNREADABLE],  # a release mends these
)
