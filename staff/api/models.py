"""What the API answers: the read models as they are, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.codes import StallCause
from domain.pathway.model import Pathway, Pin
from domain.refusal import Refused
from projections.journey_file.model import TimelineRow
from projections.my_day.hearings import HearingGroup, HearingOwed
from projections.my_day.queries import DayGroup, ObligationRow
from projections.stalled_board.queries import StalledRow
from workflows.messages import AnswerKind

T = TypeVar("T")
MOST_VERSIONS = 2**31 - 1
"""Of a stream, an account, a view: what the database counts with."""


class Listed(BaseModel, Generic[T]):
    """A page of a list. `total` counts what the filter lets through; `next` is the cursor of the next page."""

    rows: tuple[T, ...]
    total: int
    next: str | None


class BoardAnswer(BaseModel):
    """The stalled board. `places` and `causes` count what choosing one of them would show."""

    rows: tuple[StalledRow, ...]
    total: int
    places: Mapping[str, int]
    causes: Mapping[StallCause, int]
    next: str | None
    now: datetime


class DayAnswer(BaseModel):
    """What a person owes at `now`, by group."""

    rows: tuple[ObligationRow, ...]
    total: int
    counts: Mapping[DayGroup, int]
    next: str | None
    now: datetime


class AgendaAnswer(BaseModel):
    """The hearings at `now`. `counts` and `total` are of all groups."""

    rows: tuple[HearingOwed, ...]
    total: int
    counts: Mapping[HearingGroup, int]
    next: str | None
    now: datetime


class TimelineEntry(BaseModel):
    """One event. Sealed texts stay sealed here: they are opened for display only."""

    version: int
    position: int
    topic: str
    recorded_at: datetime
    occurred_at: datetime
    actor: UUID
    is_system: bool
    stage: str | None
    step: str | None
    corrected_by: int | None
    body: dict[str, Any] | None

    @classmethod
    def of(cls, row: TimelineRow) -> TimelineEntry:
        return cls(
            version=row.version,
            position=row.position,
            topic=row.topic,
            recorded_at=row.recorded_at,
            occurred_at=row.occurred_at,
            actor=row.actor,
            is_system=row.is_system,
            stage=row.stage,
            step=row.step,
            corrected_by=row.corrected_by,
            body=row.body.model_dump(mode="json", exclude_none=True) if row.body else None,
        )


class PublishedPathway(BaseModel):
    """A pathway as a journey would pin it today."""

    pin: Pin
    pathway: Pathway


class CommandBody(BaseModel):
    """A command by its kind. `note` and `texts` are free text: they are sealed here, before they travel.

    `texts` has the other sealed fields by name, as `plan`, `text`, `neutral_name`, `code_word`.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: Annotated[str, Field(max_length=64, examples=["advance-step"])]
    body: Annotated[dict[str, Any], Field(examples=[{"step": "safe-contact", "outcome": "done", "seen": 3}])] = {}
    note: Annotated[str | None, Field(max_length=40_000, examples=["Reached by the agreed number."])] = None
    texts: Annotated[dict[str, Annotated[str, Field(max_length=40_000)]], Field(max_length=10)] = {}


class OpeningBody(BaseModel):
    """Opens a journey on the newest version of a pathway. `journey` is chosen by who asks, or made here."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    pathway: Annotated[str, Field(max_length=64, examples=["astra"])]
    journey: UUID | None = None
    caseworker: UUID | None = None
    note: Annotated[str | None, Field(max_length=40_000)] = None
    occurred_at: datetime | None = None


class CommandAnswer(BaseModel):
    """What became of a command. `visible`: every read model shows it already."""

    journey: UUID
    code: str
    kind: AnswerKind
    version: int
    position: int | None
    visible: bool
    reminders_resume_later: bool


class PreviewAnswer(BaseModel):
    """What a command would record, as events with their topic; nothing was recorded."""

    events: list[dict[str, Any]]
    refusal: Refused | None
