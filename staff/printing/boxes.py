"""The parts of a printed file above its history, each as its box of the page says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.calendar import local_date
from domain.codes import ObligationKind, Phase
from domain.journey.state import StepStatus
from domain.rights.actions import Action
from domain.rights.parts import parts_of_kind
from projections.journey_file.model import JourneyFile, StepRow
from projections.journey_list.queries import find_journeys
from projections.my_day.queries import my_day
from projections.paging import MOST_ROWS
from staff.i18n.words import OFFICE_ZONE
from staff.owing import OwedTitles
from staff.pages.approvals import approvals
from staff.pages.proceedings import fee_facts, proceedings_facts, term_facts
from staff.pages.reintegration import reintegration_facts
from staff.pages.returning import return_facts
from staff.pages.safety import Item, recipients, safety_lists
from staff.pages.standing import permit_facts, screening_facts, status_facts
from staff.printing.paper import Entry, Section
from staff.titles import Titles
from staff.visit import Visit

_OVERVIEW, _LEGAL, _HEARINGS = Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS
_CARDS = frozenset({ObligationKind.STEP, ObligationKind.REVIEW})


@dataclass(frozen=True, slots=True)
class Opened:
    """A file for one person; `may`: which parts of it they read."""

    found: JourneyFile
    titles: Titles
    visit: Visit
    may: frozenset[Action]


def sections(o: Opened) -> list[Section]:
    """In the order of the page. A part that is not the person's is not asked for at all."""
    return [make(o) for parts, make in _BOXES if parts & o.may]


def _next(o: Opened) -> Section:
    t, found, visit = o.visit.words, o.found, o.visit
    if found.header.phase is not Phase.OPEN:
        return Section(t("file.next"), ())
    entries = []
    if _OVERVIEW in o.may:
        steps = sorted((s for s in found.steps if s.status is StepStatus.OPEN), key=lambda s: (s.due_at, s.part))
        entries += [Entry(o.titles.step(step.step), tuple(_of_step(step, o))) for step in steps]
        review = found.document.review
        if review is not None:
            who = visit.name(review.owner_staff) or t.label(review.owner_role)
            entries.append(Entry(t("review.title"), (t("file.due", day=t.day(review.due_on)), who)))
    today = local_date(visit.now, OFFICE_ZONE)
    day = my_day(visit.parts.reader, code=found.header.code, now=visit.now, today=today, limit=MOST_ROWS)
    owed = [
        r for r in day.rows if r.journey == found.journey and r.kind not in _CARDS and parts_of_kind(r.kind) & o.may
    ]
    titles = OwedTitles(owed, visit.parts, t)
    for row in owed:
        when = t("file.appointment", moment=t.moment(row.appointment)) if row.appointment else None
        who = visit.name(row.owner_staff) or t.label(row.owner_role)
        entries.append(Entry(titles.title(row), (when or t("file.due", day=t.day(row.due_on)), who)))
    return Section(t("file.next"), entries)


def _of_step(step: StepRow, o: Opened) -> Iterator[str]:
    t = o.visit.words
    if step.appointment is not None:
        yield t("file.appointment", moment=t.moment(step.appointment))
    else:
        yield t("file.due", day=t.day(step.due_on))
    yield o.titles.stage(step.stage)
    yield o.visit.name(step.owner_staff) or t("day.unowned", role=t.label(step.role))
    if step.stalled and step.stalled_since:
        yield t("file.stalled-since", day=t.day(step.stalled_since), cause=t.label(step.stalled))


def _stages(o: Opened) -> Section:
    t = o.visit.words
    entries = []
    for row in o.found.document.stages:
        state = "active" if row.left_at is None else "left"
        since = t("file.stage-since", day=t.day(row.entered_at))
        until = () if row.left_at is None else (t("paper.until", day=t.day(row.left_at)),)
        entries.append(Entry(o.titles.stage(row.stage), (t(f"file.stage-state.{state}"), since, *until)))
        for step in (s for s in o.found.steps if s.stage == row.stage and s.status is not StepStatus.OPEN):
            said = t.label(step.outcome) if step.outcome else t.label(step.status)
            settled = (t.day(step.settled_at),) if step.settled_at else ()
            entries.append(Entry(f"– {o.titles.step(step.step)}", (said, *settled)))
    entries += [
        Entry(o.titles.milestone(each.milestone), (t.day(each.reached_at),)) for each in o.found.document.milestones
    ]
    return Section(t("file.stages"), entries)


def _people(o: Opened) -> Section:
    t = o.visit.words
    rows = o.found.document.assigned
    return Section(t("file.people"), [Entry(o.visit.name(r.staff) or "", (t.label(r.role),)) for r in rows])


def _safety(o: Opened) -> Section:
    t = o.visit.words
    lists = safety_lists(o.found.document.safety, o.titles, recipients(o.visit))
    items: Sequence[Item] = (*lists.alerts, *lists.assessments, *lists.plan, *lists.disclosures)
    return Section(t("paper.safety"), [Entry(item.text, (item.quiet,)) for item in items])


def _hearings(o: Opened) -> Section:
    t, entries = o.visit.words, []
    for row in o.found.document.hearings:
        dates = [
            t.moment_there(d.starts_at, d.zone) + (f", {t.label(d.ended)}" if d.ended else "")
            for d in row.dates
            if not d.retracted
        ]
        entries.append(Entry(o.titles.hearing(row.hearing, row.hearing_kind), (t.label(row.status), *dates)))
    return Section(t("file.hearings"), entries)


def _services(o: Opened) -> Section:
    t, services, title = o.visit.words, o.found.document.services, o.titles.service
    entries = []
    for row in services.each:
        due = (t("file.due", day=t.day(row.due_on)),) if row.due_on else ()
        entries.append(Entry(title(row.service), (t.label(row.status), *due)))
    for sent in services.referrals:
        said = t("file.services.referral", number=sent.number, status=t.label(sent.status))
        entries.append(Entry(title(sent.service), (said,)))
    entries += [Entry(title(use.service), (t.label(use.use),)) for use in services.uses]
    entries += [
        Entry(title(sum_.service), (t("file.services.cost", amount=f"{sum_.amount:.2f}"),)) for sum_ in services.costs
    ]
    return Section(t("file.services.title"), entries)


def _consents(o: Opened) -> Section:
    t, named = o.visit.words, recipients(o.visit)
    entries = []
    for row in o.found.document.consents:
        if row.withdrawn_at is not None:
            said = t("file.withdrawn", day=t.day(row.withdrawn_at))
        elif not row.stands(o.visit.now) and row.ends_at is not None:
            said = t("safety.lapsed", day=t.day(row.ends_at))
        else:
            said = t("file.in-force", day=t.day(row.given_at))
        to = (named(row.recipient),) if row.recipient else ()
        entries.append(Entry(t.label(row.purpose), (said, *to)))
    return Section(t("file.consents"), entries)


def _approvals(o: Opened) -> Section:
    is_open = o.found.header.phase is Phase.OPEN
    shown = approvals(o.found.document, o.titles, o.visit, is_open=is_open).shown
    return Section(o.visit.words("approval.title"), [Entry(one.text, one.details) for one in shown])


def _standing(o: Opened) -> Section:
    document, published = o.found.document, o.visit.parts.desk.published
    facts = [*status_facts(document.formal_status, o.titles), *permit_facts(document.permits, o.titles)]
    screenings = screening_facts(
        document.screenings, o.titles, lambda version: published(o.found.header.pathway, version)
    )
    return Section(
        o.visit.words("standing.formal-status"),
        [
            *(Entry(fact.text, fact.details) for fact in facts),
            *(Entry(fact.text, (*fact.details, *answers)) for fact, answers in screenings),
        ],
    )


def _proceedings(o: Opened) -> Section:
    document, entries = o.found.document, []
    entries += [Entry(fact.text, fact.details) for fact in proceedings_facts(document.proceedings, o.titles)]
    entries += [Entry(fact.text, (*fact.details, *more)) for fact, more in term_facts(document.terms, o.titles)]
    entries += [Entry(fact.text, fact.details) for fact in fee_facts(document.fees, o.titles)]
    return Section(o.visit.words("proceedings.title"), entries)


def _returning(o: Opened) -> Section:
    document = o.found.document
    entries = [Entry(fact.text, (*fact.details, *lines)) for fact, lines in return_facts(document.returns, o.titles)]
    entries += [Entry(line) for line in reintegration_facts(document.reintegration, o.titles)]
    return Section(o.visit.words("returning.title"), entries)


def _links(o: Opened) -> Section:
    t, document = o.visit.words, o.found.document
    others: set[UUID] = {row.other for row in document.links} | set(document.absorbed)
    known = {id_: row.code for id_, row in find_journeys(o.visit.parts.reader, others).items()}
    entries = [Entry(known.get(r.other, "PK"), (t.label(r.relation), t.label(r.status))) for r in document.links]
    entries += [Entry(known.get(other, "PK"), (t("file.absorbed"),)) for other in document.absorbed]
    return Section(t("file.links"), entries)


_ANY = frozenset({_OVERVIEW, _LEGAL, _HEARINGS})
_BOXES: tuple[tuple[frozenset[Action], Callable[[Opened], Section]], ...] = (
    (_ANY, _next),
    (frozenset({_OVERVIEW}), _stages),
    (frozenset({_OVERVIEW}), _people),
    (frozenset({_OVERVIEW}), _safety),
    (frozenset({_HEARINGS}), _hearings),
    (frozenset({_OVERVIEW}), _services),
    (frozenset({_OVERVIEW}), _consents),
    (frozenset({_OVERVIEW}), _approvals),
    (frozenset({_OVERVIEW, _LEGAL}), _standing),
    (frozenset({_LEGAL}), _proceedings),
    (frozenset({_OVERVIEW}), _returning),
    (frozenset({_OVERVIEW}), _links),
)
