"""The file of a case as the person who prints it may see it, part by part.

Not on it, whoever prints: names and contacts of the client, the neutral name and the code word, and how a client may be
reached, since that may change while the paper lies in a drawer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.travel.moment import Moment
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.parts import hidden_topics
from projections.journey_file.model import JourneyFile, TimelineRow
from projections.journey_file.queries import timeline
from projections.paging import MOST_ROWS
from projections.reader import Reader
from staff.forms.scene import pin_of
from staff.i18n.words import Words
from staff.pages.story import Line, tell
from staff.printing.boxes import Opened, sections
from staff.printing.paper import Entry, Paper, Section
from staff.titles import Titles
from staff.visit import Visit

MOST_EVENTS = 3_000
"""Of a history on paper; what is older is counted and said."""
PARTS = frozenset({Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS})


@dataclass(frozen=True, slots=True)
class AsOf:
    """A moment of the past: what is printed beside the file is read from `reader`, as it stood then.

    `timeline`: everything that belongs to the moment, newest first.
    """

    moment: Moment
    reader: Reader
    timeline: Sequence[TimelineRow]


def journey_paper(found: JourneyFile, visit: Visit, as_of: AsOf | None = None) -> Paper:
    """The paper. Of the past, its title says of which moment.

    Raises `RightDenied` where no part of the file is the person's to read, `Unavailable`.
    """
    stream, t = journey_stream(found.journey), visit.words
    may = frozenset(part for part in PARTS if visit.may(part, stream))
    if not may:
        visit.require(Action.READ_OVERVIEW, stream)
    titles = Titles(visit.parts.desk.pathway(pin_of(found)), t)
    then = visit if as_of is None else _back_then(visit, as_of)
    events, older = _events(found, visit) if as_of is None else _events_then(found, as_of, visit)
    lines = tell(events, found.journey, titles, visit)  # which opens the notes that are theirs to read, and no others
    history = Section(t("file.history"), [_line(line, visit) for line in lines])
    remarks = [t("paper.contact-elsewhere")]
    if may != PARTS:
        remarks.append(t("paper.parts-left-out"))
    if older:
        remarks.append(t.count("paper.older", older))
    return Paper(
        title=_title(t("file.title", code=found.header.code), as_of, t),
        footer=t("paper.footer", who=visit.person.name, moment=t.moment(visit.now)),
        page_of=t("paper.page-of", page="{page}", pages="{pages}"),
        language=t.locale.language,
        facts=_facts(found, titles, visit),
        sections=[each for each in (*sections(Opened(found, titles, then, may)), history) if each.entries],
        remarks=remarks,
    )


def _back_then(visit: Visit, as_of: AsOf) -> Visit:
    """What was in force, owed or late is told by that day, with the rights of today."""
    return replace(visit, now=as_of.moment.at, parts=replace(visit.parts, reader=as_of.reader))


def _title(title: str, as_of: AsOf | None, t: Words) -> str:
    if as_of is None:
        return title
    return t(f"replay.printed-{as_of.moment.clock.value}", title=title, moment=t.moment(as_of.moment.at))


def _events_then(found: JourneyFile, as_of: AsOf, visit: Visit) -> tuple[list[TimelineRow], int]:
    hidden = hidden_topics(visit.stance(journey_stream(found.journey)))
    rows = [row for row in as_of.timeline if row.topic not in hidden]
    return rows[:MOST_EVENTS], max(0, len(rows) - MOST_EVENTS)


def _facts(found: JourneyFile, titles: Titles, visit: Visit) -> list[tuple[str, str]]:
    t, header = visit.words, found.header
    version = t("file.version", version=header.pathway_version)
    facts = [
        (t("list.phase"), t.label(header.phase)),
        (t("file.pathway"), f"{t.title(titles.pathway.title)}, {version}"),
        (t("file.caseworker"), visit.name(header.caseworker) or t("person.nobody")),
        (t("file.opened"), t.day(header.opened_at)),
        (t("file.changed"), t.moment(header.changed_at)),
    ]
    if header.stalled:
        facts.append((t("list.stalled"), t.label(header.stalled)))
    closing = found.document.closing
    if closing is not None:
        facts.append((t("paper.closed"), f"{t.day(closing.at)}, {t.label(closing.reason)}"))
    return facts


def _events(found: JourneyFile, visit: Visit) -> tuple[list[TimelineRow], int]:
    """The newest events that are theirs to read, and how many older ones there are."""
    hidden = hidden_topics(visit.stance(journey_stream(found.journey)))
    rows: list[TimelineRow] = []
    before: int | None = None
    while True:
        page = timeline(visit.parts.reader, found.journey, hidden=hidden, before_version=before, limit=MOST_ROWS)
        rows += page.rows
        if page.next is None or len(rows) >= MOST_EVENTS:
            return rows, page.total - len(rows)
        before = int(page.next)


def _line(line: Line, visit: Visit) -> Entry:
    t = visit.words
    details = [line.who, t.moment(line.recorded_at)]
    if line.happened_at is not None:
        details.append(t("file.happened", moment=t.moment(line.happened_at)))
    if line.corrected_by is not None:
        details.append(t("file.was-corrected"))
    if line.is_correction_of is not None:
        details.append(t("file.corrects"))
    return Entry(line.text, [*details, *line.details], _note(line, visit))


def _note(line: Line, visit: Visit) -> str | None:
    if line.note is None:
        return None
    if line.note.state is not None:
        return visit.words(f"file.note-{line.note.state.value}")
    return line.note.text
