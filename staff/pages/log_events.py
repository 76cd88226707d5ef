"""The events of all cases, contacts and missions that somebody may see: who decided what, in the order of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.browsing.log import LogFilter, LogLine
from domain.calendar import at_local
from domain.codes import SYSTEM_ACTOR, StreamName
from domain.pathway.model import Pathway, Pin
from domain.streams import name_of
from staff.contact_titles import ContactTitles
from staff.event_groups import EventGroup, topics_of
from staff.forms.field import capital
from staff.guard.log_portion import KINDS, browse_theirs
from staff.i18n.words import OFFICE_ZONE
from staff.pages.asking import code, ident, link
from staff.pages.contact_story import told
from staff.pages.decision_lines import at_event, code_of
from staff.pages.journey_events import CLOCK
from staff.pages.mission_story import mission_words
from staff.pages.story import said
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
PATH = "/replay/events"
AT_ONCE = 50
_FIRST, _LAST = date(1990, 1, 1), date(2199, 12, 30)
_INSTANT = timedelta(microseconds=1)
_NAMES = ("kind", "stream", "who", "from", "to", "pathway")


@dataclass(frozen=True, slots=True)
class LogEventLine:
    """One event of some stream, in words; `rules` by which it was decided, where they are here."""

    line: LogLine
    text: str
    details: tuple[str, ...]
    who: str
    happened_at: datetime | None
    code: str
    href: str | None
    rules: str | None


@router.get(PATH)
async def log_events(visit: Here) -> Response:
    """By `?kind=…&stream=…&who=…&from=…&to=…&pathway=astra/1`; on from `?before=…` or `?after=…` a position."""
    return await run_in_threadpool(_page, visit)


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    versions = {pin.sha256: (pin, pathway) for pin, pathway in visit.parts.desk.versions()}
    wanted = wanted_of(query, [pin for pin, _ in versions.values()])
    before, after = position(query, "before"), position(query, "after")
    found = browse_theirs(visit.parts, visit.person.id, visit.stance, wanted, before=before, after=after, limit=AT_ONCE)
    asked = {name: query.get(name, "") for name in _NAMES}
    return page(
        visit,
        "log_events.html",
        here=PATH,
        asked=asked,
        is_asked=any(asked.values()),
        lines=[_line(each, versions, visit) for each in found.lines],
        kinds=list(EventGroup),
        streams=list(KINDS),
        people=[*sorted(((str(p.id), p.name) for p in visit.people.values()), key=lambda p: p[1]), _clock(visit)],
        pathways=[
            (f"{pin.name}/{pin.version}", f"{visit.words.title(pathway.title)}, {pin.version}")
            for pin, pathway in versions.values()
        ],
        older=link(PATH, **asked, before=found.older) if found.older is not None else None,
        newer=link(PATH, **asked, after=found.newer) if found.newer is not None else None,
        newest=link(PATH, **asked) if before or after else None,
    )


def wanted_of(query: Mapping[str, str], pins: list[Pin]) -> LogFilter:
    """What the address asks for, read leniently; days are of the office, both included."""
    group, day = code(query, "kind", EventGroup), _day(query.get("to", ""))
    since = _day(query.get("from", ""))
    version = query.get("pathway", "")
    return LogFilter(
        kind=code(query, "stream", StreamName),
        topics=topics_of(group) if group is not None else None,
        actor=SYSTEM_ACTOR if query.get("who") == CLOCK else ident(query, "who"),
        since=_midnight(since) if since else None,
        until=_midnight(day + timedelta(days=1)) - _INSTANT if day else None,
        pathway=next((pin.sha256 for pin in pins if f"{pin.name}/{pin.version}" == version), None),
    )


def position(query: Mapping[str, str], name: str) -> int | None:
    """A position of the log in the address, if it is one."""
    typed = query.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None


def _midnight(day: date) -> datetime:
    return at_local(day, datetime.min.time(), OFFICE_ZONE)


def _clock(visit: Visit) -> tuple[str, str]:
    return CLOCK, visit.words("person.clock")


def _line(each: LogLine, versions: Mapping[str, tuple[Pin, Pathway]], visit: Visit) -> LogEventLine:
    recorded, rules = each.recorded, versions.get(each.pathway_sha256 or "")
    pathway = rules[1] if rules else next(pathway for _, pathway in visit.parts.desk.pathways())
    text, details = _words(each, pathway, visit)
    return LogEventLine(
        line=each,
        text=text,
        details=details,
        who=visit.words("person.clock") if recorded.actor == SYSTEM_ACTOR else visit.name(recorded.actor) or "",
        happened_at=recorded.event.occurred_at if recorded.event.occurred_at != recorded.recorded_at else None,
        code=code_of(recorded.stream),
        href=at_event(recorded.stream, recorded.version),
        rules=f"{visit.words.title(pathway.title)}, {rules[0].version}" if rules else None,
    )


def _words(each: LogLine, pathway: Pathway, visit: Visit) -> tuple[str, tuple[str, ...]]:
    event = each.recorded.event
    match name_of(each.recorded.stream):
        case StreamName.CONTACT:
            text, details = told(event, ContactTitles(pathway, visit.words), visit)
            return capital(text), details
        case StreamName.MISSION:
            return mission_words(visit, event)
        case _:
            return said(event, Titles(pathway, visit.words), visit)
