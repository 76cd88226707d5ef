"""The file of a case for others to see how help went: steps, in which month, how they came out. Nothing else.

Built of the titles of the pathway, labels of codes and months alone: no name of staff, no place, no text that anybody
typed, no code of a case, no day. What is not one of these three kinds has no way onto it.
"""

from __future__ import annotations

from datetime import datetime

from analysis.travel.moment import Moment
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from projections.journey_file.model import JourneyFile
from staff.forms.scene import pin_of
from staff.i18n.words import Words
from staff.printing.paper import Entry, Paper, Section
from staff.titles import Titles
from staff.visit import Visit


def redacted_paper(found: JourneyFile, visit: Visit, moment: Moment | None = None) -> Paper:
    """The paper. Of a moment of the past, its title says of which month. Raises `RightDenied`, `Unavailable`."""
    visit.require(Action.READ_OVERVIEW, journey_stream(found.journey))
    t = visit.words
    titles = Titles(visit.parts.desk.pathway(pin_of(found)), t)
    months = [
        (t("file.opened"), t.month(found.header.opened_at)),
        (t("list.phase"), t.label(found.header.phase)),
    ]
    sections = [_stage(row.stage, row.entered_at, row.left_at, found, titles) for row in found.document.stages]
    return Paper(
        title=_title(moment, t),
        footer=t("paper.redacted-footer", month=t.month(visit.now)),
        page_of=t("paper.page-of", page="{page}", pages="{pages}"),
        language=t.locale.language,
        facts=months,
        sections=[each for each in (*sections, _milestones(found, titles)) if each.entries],
        remarks=(t("paper.redacted-how"),),
    )


def _title(moment: Moment | None, t: Words) -> str:
    title = t("paper.some-case")
    if moment is None:
        return title
    return t(f"replay.redacted-{moment.clock.value}", title=title, month=t.month(moment.at))


def _stage(key: str, entered: datetime, left: datetime | None, found: JourneyFile, titles: Titles) -> Section:
    t = titles.words
    course = [t("paper.since", month=t.month(entered))]
    if left is not None:
        course.append(t("paper.till", month=t.month(left)))
    return Section(
        titles.stage(key),
        [
            Entry(t(f"file.stage-state.{'active' if left is None else 'left'}"), course),
            *(
                Entry(
                    titles.step(step.step),
                    _course(step.opened_at, step.settled_at, t.label(step.outcome or step.status), titles),
                )
                for step in found.steps
                if step.stage == key
            ),
        ],
    )


def _course(opened: datetime, settled: datetime | None, said: str, titles: Titles) -> list[str]:
    t = titles.words
    return [
        said,
        t("paper.since", month=t.month(opened)),
        *([t("paper.till", month=t.month(settled))] if settled else []),
    ]


def _milestones(found: JourneyFile, titles: Titles) -> Section:
    t = titles.words
    reached = found.document.milestones
    return Section(
        t("file.milestones"), [Entry(titles.milestone(m.milestone), (t.month(m.reached_at),)) for m in reached]
    )
