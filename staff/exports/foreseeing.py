"""What would leave the house with an export, told before anything is begun."""

from __future__ import annotations

from analysis.exports.period import count_opened, period_of
from domain.export.codes import ExportFormat
from domain.export.making import BeginExport
from staff.exports.beginning import Wanted, preview
from staff.pages.consequences import Consequence, Mark
from staff.visit import Visit


def foreseen(visit: Visit, wanted: Wanted) -> list[Consequence]:
    """In the order in which whoever answers for it would ask. Raises what `beginning.preview` raises."""
    words, begin = visit.words, preview(visit, wanted)
    is_calendar = wanted.format is ExportFormat.ICAL
    return [
        Consequence(
            Mark.OPENS, words("exports.will-leave", known=words.moment(begin.known_at)), (_whose(visit, wanted, begin),)
        ),
        Consequence(
            Mark.PEOPLE,
            words("exports.by-codes" if is_calendar else "exports.by-pseudonyms"),
            (words("exports.never-calendar" if is_calendar else "exports.never"),),
        ),
        Consequence(Mark.NOTED, words("exports.will-stand")),
        Consequence(Mark.ENDS, words("exports.will-lie")),
    ]


def _whose(visit: Visit, wanted: Wanted, begin: BeginExport) -> str:
    if wanted.format is ExportFormat.ICAL:
        return visit.words("exports.hearings-dated")
    period = period_of(wanted.since, wanted.before, visit.parts.desk.pathway(begin.pin).zone)
    number = count_opened(visit.parts.reader, begin.last_position, period)
    return visit.words.count("exports.cases", number) if number else visit.words("exports.nobody")
