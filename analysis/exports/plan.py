"""What a file is made of: all that has to be known to go on with it, as it stands beside its draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from analysis.exports.answers import Pathways
from analysis.exports.cut import Cut, LogReader
from analysis.exports.formats import log_of, maker_of
from analysis.exports.making import Maker
from analysis.exports.period import period_of
from analysis.exports.pseudonyms import Pseudonyms, new_key
from domain.export.codes import ExportFormat, ExportTable
from domain.export.state import Export
from projections.my_day.appointments import AppointmentRow
from projections.reader import Reader

CalendarIn = Callable[[str, Sequence[AppointmentRow], datetime], bytes]
"""Writes iCalendar in a language, of appointments, as of an instant."""
LOCALE = "sr-Latn"
"""The language of a calendar, where nothing is said."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`key` is that of the pseudonyms; `zone` is the one whose days `since` and `before` are."""

    export: UUID
    actor: UUID
    format: ExportFormat
    table: ExportTable | None
    cut: Cut
    zone: str
    since: date | None = None
    before: date | None = None
    locale: str = LOCALE
    key: bytes = field(default_factory=new_key, repr=False)

    @classmethod
    def of(cls, export: Export, zone: str, locale: str = LOCALE) -> Plan:
        """Of an export that was begun, with a new key."""
        cut = Cut(export.last_position, export.known_at)
        return cls(export.id, export.by, export.format, export.table, cut, zone, export.since, export.before, locale)

    @classmethod
    def read(cls, texts: dict[str, Any]) -> Plan:
        """As `texts` gives it."""
        days = (texts.get(name) for name in ("since", "before"))
        since, before = (date.fromisoformat(day) if day else None for day in days)
        return cls(
            export=UUID(texts["export"]),
            actor=UUID(texts["actor"]),
            format=ExportFormat(texts["format"]),
            table=ExportTable(texts["table"]) if texts["table"] else None,
            cut=Cut(texts["position"], datetime.fromisoformat(texts["known_at"])),
            zone=texts.get("zone", "UTC"),
            since=since,
            before=before,
            locale=texts.get("locale", LOCALE),
            key=bytes.fromhex(texts["key"]),
        )

    def texts(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "export": str(self.export),
            "actor": str(self.actor),
            "format": self.format.value,
            "table": self.table.value if self.table else None,
            "position": self.cut.position,
            "known_at": self.cut.known_at.isoformat(),
            "zone": self.zone,
            "since": self.since.isoformat() if self.since else None,
            "before": self.before.isoformat() if self.before else None,
            "locale": self.locale,
            "key": self.key.hex(),
        }

    def maker(self, reader: Reader, pathways: Pathways, calendar: CalendarIn) -> tuple[LogReader, Maker]:
        """What makes the file, and what it reads: that counts what could not be read."""
        period = period_of(self.since, self.before, self.zone)
        log = log_of(reader, self.cut, self.format, period)
        write = partial(calendar, self.locale)
        return log, maker_of(self.format, self.table, log, Pseudonyms(self.key), pathways, write, period)
