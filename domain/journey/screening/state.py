"""The screenings of a journey, oldest first: a later one stands beside the earlier ones and replaces none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.pathway.answers import Answer
from domain.pathway.model import Pin
from domain.values import Code

SCREENING = "screening"


@dataclass(frozen=True)
class ScreeningState:
    """One form as it was saved. `unanswered`: how many questions it asked that nobody answered.

    `corrected_by`: the version of the screening that says that this one was a mistake.
    """

    version: int
    form: Code
    pin: Pin
    held_at: datetime
    answers: tuple[Answer, ...]
    unanswered: int
    corrected_by: int | None = None

    @property
    def part(self) -> str:
        return f"{SCREENING}:{self.form}"
