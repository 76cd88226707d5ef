"""Counts reports by hand, from the stored bodies alone: no fold, no class of ours, no read model."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.fix_eventlog import administrator

BELGRADE = ZoneInfo("Europe/Belgrade")
FINAL = {"identified", "rejected", "stopped", "not-confirmed"}
ENDS = {"postponed": "postponed", "moved": "moved", "interrupted": "interrupted", "held": "held"} | {
    "not-held": "not-held",
    "cancelled": "cancelled",
}
Counts = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Line:
    """One stored event; `at` is when it happened, on the clocks of the office."""

    version: int
    topic: str
    body: dict[str, Any]
    at: datetime
    known: datetime


Lines = list[Line]


def stored(dsn: str, known: datetime) -> dict[str, Lines]:
    """Every stream as known at a moment, without duplicates and what was opened by mistake."""
    with administrator(dsn) as connection:
        rows: list[tuple[str, int, str, bytes, datetime]] = connection.execute(
            "SELECT originator_id, originator_version, split_part(topic, '@', 1), state, recorded_at"
            " FROM eventlog.stored_events WHERE recorded_at <= %s ORDER BY notification_id",
            (known,),
        ).fetchall()
    found: dict[str, Lines] = defaultdict(list)
    for stream, version, topic, state, recorded_at in rows:
        body = json.loads(bytes(state))
        happened = body.get("occurred_at")
        at = datetime.fromisoformat(happened) if happened else recorded_at
        found[stream].append(Line(version, topic.partition(".")[2], body, at.astimezone(BELGRADE), recorded_at))
    return {stream: lines for stream, lines in found.items() if not _is_nobody(stream, lines)}


def _is_nobody(stream: str, lines: Lines) -> bool:
    if not stream.startswith("journey-"):
        return False
    merged = [each.topic for each in lines if each.topic in ("merged", "merge-reversed")]
    ends = [each for each in lines if each.topic in ("closed", "reopened")]
    mistaken = bool(ends) and ends[-1].body.get("reason") == "opened-by-mistake"
    return mistaken or merged[-1:] == ["merged"]


def calls(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    logged = [each.body for each in lines if each.topic in ("logged", "corrected")]
    if logged[0]["on"].startswith(str(year)):
        yield logged[0]["on"][:7], logged[-1]["sorting"]["caller"]


def topics(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    logged = [each.body for each in lines if each.topic in ("logged", "corrected")]
    if logged[0]["on"].startswith(str(year)):
        yield from ((topic,) for topic in logged[-1]["sorting"].get("topics", ()))


def opened(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    if lines[0].at.year == year:
        yield f"{lines[0].at:%Y-%m}", lines[0].body["pin"]["name"]


def closed(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    ends = [each for each in lines if each.topic in ("closed", "reopened")]
    if ends and ends[-1].topic == "closed" and ends[-1].at.year == year:
        yield (ends[-1].body["reason"],)


def reopened(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    yield from ((each.body["reason"],) for each in lines if each.topic == "reopened" and each.at.year == year)


def status_reports(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    said = {each.version: each.body for each in lines if each.topic == "formal-status-decided"}
    for each in lines:
        if each.topic == "formal-status-corrected":
            # It stands in the place of the mistake, and may itself be a mistake.
            place = next(key for key, body in said.items() if each.body["corrects"] in (key, body.get("version")))
            said[place] = {**each.body, "version": each.version}
    decisions = [body for body in said.values() if "status" in body]
    for place, body in enumerate(decisions):
        if body["status"] == "reported" and body["decided_on"].startswith(str(year)):
            after = [other["status"] for other in decisions[place + 1 :]]
            again = after.index("reported") if "reported" in after else len(after)
            yield body["decider"], next((status for status in after[:again] if status in FINAL), "pending")


def services(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    mistakes = {each.body["corrects"] for each in lines if each.topic == "service-corrected"}
    moved = [each for each in lines if each.topic == "service-moved" and each.version not in mistakes]
    never = {_part(each) for each in moved if each.body.get("end") == "recorded-by-mistake"}
    for each in lines:
        if each.topic == "service-needed" and each.at.year == year and _part(each) not in never:
            yield each.body["service"], "needed"
    for each in moved:
        if each.at.year == year and _part(each) not in never:
            yield each.body["service"], each.body["move"]


def _part(line: Line) -> tuple[str, int]:
    return line.body["service"], line.body["occurrence"]


def consents(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    for each in lines:
        if each.topic in ("consent-given", "consent-withdrawn") and each.at.year == year:
            yield each.body["purpose"], each.topic.removeprefix("consent-")
    needs: dict[tuple[str, int], str] = {
        _part(each): each.body.get("consent", "") for each in lines if each.topic == "service-needed"
    }
    mistakes = {each.body["corrects"] for each in lines if each.topic == "service-corrected"}
    for each in lines:
        declined = each.topic == "service-moved" and each.body["move"] == "decline" and each.version not in mistakes
        if declined and each.at.year == year and needs[_part(each)]:
            yield needs[_part(each)], "declined"


def hearings(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    mistakes = {each.body["corrects"] for each in lines if each.topic == "hearing-corrected"}
    matters: dict[int, str] = {}
    dates: dict[int, list[list[Any]]] = defaultdict(list)
    for each in lines:
        if not each.topic.startswith("hearing-") or each.version in mistakes:
            continue
        number, word = each.body["hearing"], each.topic.removeprefix("hearing-")
        matters[number] = each.body.get("matter") or matters[number]
        if word in ENDS and dates[number] and dates[number][-1][1] == "not-said":
            dates[number][-1][1] = "mistake" if each.body.get("reason") == "entered-wrongly" else ENDS[word]
        if word in ("summoned", "moved", "postponed", "interrupted") and each.body.get("starts_at"):
            dates[number].append([datetime.fromisoformat(each.body["starts_at"]).astimezone(BELGRADE), "not-said"])
    for number, chain in dates.items():
        yield from ((matters[number], how) for at, how in chain if at.year == year and how != "mistake")


def plans(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    yield from _standing(lines, year, {"goal-set": "goals", "plan-agreed": "agreed", "plan-reviewed": "reviewed"})


def safety_plans(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    words = ("agreed", "reviewed", "ended")
    yield from _standing(lines, year, {f"safety-plan-{word}": word for word in words})


def _standing(lines: Lines, year: int, words: dict[str, str]) -> Iterator[tuple[str, ...]]:
    if in_care(lines, year):
        said = [words[each.topic] for each in lines if each.topic in words and each.at.year <= year]
        beyond = [word for word in said if word != "goals"]
        yield ((beyond or said or ["none"])[-1],)


def in_care(lines: Lines, year: int) -> bool:
    """Day by day: whether it was open on one of the year."""
    turns = [(lines[0].at, True)]
    for each in lines:
        if each.topic == "closed":
            turns.append((each.at, False))
        if each.topic == "reopened":
            turns.append((each.at, True))
    day = datetime(year, 1, 1, tzinfo=BELGRADE)
    starts_open = [is_open for at, is_open in turns if at < day][-1:] == [True]
    return starts_open or any(is_open and at.year == year for at, is_open in turns)


def assessed(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    if lines[0].at.year == year:
        waits = sorted(each.at - lines[0].at for each in lines if each.topic == "assessed")
        if not waits:
            yield ("not-yet",)
        else:
            week, month = waits[0] <= timedelta(days=7), waits[0] <= timedelta(days=30)
            yield ("within-7-days" if week else "within-30-days" if month else "later",)


def claims(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    for each in lines:
        if each.topic == "property-claim-recorded" and each.at.year == year:
            yield (each.body["status"],)


def feedback(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    for each in lines:
        if each.topic == "service-feedback-given" and each.at.year == year:
            yield str(each.body["rating"]), each.body.get("would_return", "not-said")


def duties(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    for each in lines:
        if each.topic == "authority-reported" and each.at.year == year:
            yield (each.body["duty"],)


def goals(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    for goal in [each for each in lines if each.topic == "goal-set" and each.at.year == year]:
        told = [
            each.body["progress"]
            for each in lines
            if each.topic == "goal-progressed" and each.body["number"] == goal.body["number"]
        ]
        yield goal.body["goal"], ["not-begun", *told][-1]


def outcomes(lines: Lines, year: int) -> Iterator[tuple[str, ...]]:
    matters = {each.body["proceedings"]: each.body["matter"] for each in lines if each.topic == "proceedings-started"}
    for number, matter in matters.items():
        said = [
            each
            for each in lines
            if each.topic in ("proceedings-ended", "proceedings-resumed") and each.body["proceedings"] == number
        ]
        over = bool(said) and said[-1].topic == "proceedings-ended" and said[-1].at.year == year
        if over and said[-1].body["outcome"] != "entered-by-mistake":
            yield matter, said[-1].body["outcome"]


BY_HAND: dict[str, tuple[str, Callable[[Lines, int], Iterator[tuple[str, ...]]]]] = {
    "calls": ("contact", calls),
    "call-topics": ("contact", topics),
    "journeys-opened": ("journey", opened),
    "journeys-closed": ("journey", closed),
    "journeys-reopened": ("journey", reopened),
    "status-reports": ("journey", status_reports),
    "services": ("journey", services),
    "consents": ("journey", consents),
    "hearings": ("journey", hearings),
    "plans": ("journey", plans),
    "safety-plans": ("journey", safety_plans),
    "assessments": ("journey", assessed),
    "claims": ("journey", claims),
    "satisfaction": ("journey", feedback),
    "reports-to-authorities": ("contact", duties),
    "goals": ("journey", goals),
    "outcomes": ("journey", outcomes),
}


def by_hand(code: str, streams: dict[str, Lines], year: int) -> Counts:
    """The cells of a report of a year."""
    kind, count = BY_HAND[code]
    return Counter(
        key for stream, lines in streams.items() if stream.startswith(f"{kind}-") for key in count(lines, year)
    )
