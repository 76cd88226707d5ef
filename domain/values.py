"""The few kinds of field that an event may have (design §4): nothing here can hold free text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


class CodePattern:
    """Marks a text type as a constrained code: a word from a closed list or a pathway file, never typed by a person."""


Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64), CodePattern()]
"""A key written by us: pathway, stage, step, milestone, rung, rule."""

ObligationKey = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(:[a-z0-9-]+)*$", max_length=160), CodePattern()
]
"""What an obligation is called within its stream: `step:safe-contact:1`, `review`."""

Article = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2,6} [0-9]{1,4}[a-z]?(-[0-9]{1,4})?( ?\([0-9]{1,2}\)){0,2}$", max_length=32),
    CodePattern(),
]
"""An article of law as lawyers cite it: `ZKP 224`, `ZS 62`."""

CalendarVersion = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[0-9][0-9.]{0,15}$"), CodePattern()]
"""The working-day calendar that counted: country and release of its source, `rs-0.109`."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), CodePattern()]
Zone = Annotated[
    str, StringConstraints(pattern=r"^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+){1,2})$", max_length=40), CodePattern()
]
"""An IANA zone name: a local time without its zone is no time."""

Language = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", max_length=12),
    CodePattern(),
]
"""A language as BCP 47 writes it: language, script, region (`sr-Latn`, `rom`, `sq`)."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), CodePattern()]
"""A country by ISO 3166-1 alpha-2."""

Day = Annotated[date, Field(ge=date(1990, 1, 1), lt=date(2200, 1, 1))]
"""A local day that a person enters. Bounded, so that no typing error reaches the edge of the calendar."""

Instant = Annotated[AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
"""An instant that a person enters, bounded as a `Day` is."""

Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
"""Money in Serbian dinars (RSD), to the para."""

MOST_COUNTED = 2**63 - 1
"""What the log can count with: the position of an event, or the version of a stream that somebody has seen."""
Count = Annotated[int, Field(ge=0, le=MOST_COUNTED)]
StaffId = UUID
ProviderId = UUID
"""The id of a provider's stream."""


class Value(BaseModel):
    """A frozen value inside an event or command; the rule about field types holds for it as well."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
