"""The calls of a quarter that is over have left the demonstration as a table, counted and protected as in earnest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from analysis.disclosure.catalogue import OTHER, categories_of, table_of
from analysis.disclosure.counts import Key, with_margins
from analysis.disclosure.protecting import protect
from domain.calendar import local_date
from domain.codes import StreamName
from domain.command import Command
from domain.pathway.model import Pin
from domain.release.releasing import ReleaseTable
from domain.release.state import releases_stream
from domain.release.values import ReleasedCell, ReleasePeriod
from domain.streams import CONTACT, name_of
from worker.parts import Parts

TABLE = table_of("contacts-by-caller")
_A_QUARTER = timedelta(days=92)
_PAGE = 5000


def released(parts: Parts, present: datetime, pin: Pin, tell: Callable[[str, Command, str], None]) -> None:
    """As known at the demonstration's present. Its log is small: the contacts are folded here, as read models are not
    there yet.
    """
    day = local_date(present - _A_QUARTER, parts.pathways.find(pin).pathway.zone)
    period = ReleasePeriod(year=day.year, quarter=(day.month + 2) // 3)
    categories = categories_of(TABLE, [each.pathway for each in parts.pathways.all()])
    counts: Counter[Key] = Counter()
    for stream in sorted(_contacts(parts)):
        contact = CONTACT.fold(parts.log.load(stream).history)
        if contact is not None and _quarter(contact.contacted_on.year, contact.contacted_on.month) == period:
            caller = contact.sorting.caller
            counts[(caller if caller in categories[0] else OTHER,)] += 1
    cells = protect(with_margins(categories, counts)).cells
    command = ReleaseTable(
        pin=pin,
        population=TABLE.population.value,
        table=TABLE.code,
        period=period,
        known_at=present,
        last_position=parts.log.head(),
        cells=tuple(ReleasedCell(key=key, count=count) for key, count in cells.items()),
    )
    tell(releases_stream(TABLE.population.value), command, "released")


def _quarter(year: int, month: int) -> ReleasePeriod:
    return ReleasePeriod(year=year, quarter=(month + 2) // 3)


def _contacts(parts: Parts) -> set[str]:
    found: set[str] = set()
    position = 0
    while (page := parts.log.changed_streams(position, _PAGE)).position > position:
        found |= {stream for stream in page.heads if name_of(stream) == StreamName.CONTACT}
        position = page.position
    return found
