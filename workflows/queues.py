"""On which queue an activity waits for its turn."""

from __future__ import annotations

from temporalio import workflow

from workflows.messages import Activity, letters_queue

LETTERS_QUEUE = "letters-queue"
"""A patch: letters have a queue of their own. Runs that scheduled one before go on as they began."""


def queue_of(activity: Activity) -> str:
    """The queue, asked from within a workflow."""
    ours = workflow.info().task_queue
    return letters_queue(ours) if activity is Activity.DELIVER and workflow.patched(LETTERS_QUEUE) else ours
