"""What `putokaz journey show` says of the parts of a journey besides its steps; codes only."""

from __future__ import annotations

from projections.journey_file.hearing_model import HearingRow
from projections.journey_file.model import Document
from projections.journey_file.services_model import Services
from worker.cli.output import out, show_table
from worker.cli.safety import Named, digits_of, safety_parts


def show_parts(document: Document, named: Named = digits_of) -> None:
    """A table for each part that there is; `named` says how recipients are called."""
    if document.hearings:
        out.print()
        show_table(
            ("hearing", "part version", "kind", "state", "date", "postponed", "open lines", "open tasks"),
            (_hearing(h) for h in document.hearings),
        )
    if parts := safety_parts(document, named):
        show_table(("part", "part version", "state", "until"), parts)
    if document.approvals:
        out.print()
        show_table(
            ("approval", "part version", "matter", "state", "asked by", "due"),
            ([a.part, a.version, a.matter, a.status, a.asked_by, a.due_on] for a in document.approvals),
        )
    if document.emergencies:
        out.print()
        show_table(
            ("emergency access", "part version", "reason", "by", "until", "finding", "review due"),
            (
                [e.part, e.version, e.reason, e.staff, e.ends_at, e.finding or "", e.due_on]
                for e in document.emergencies
            ),
        )
    _show_standing(document)
    _show_proceedings(document)
    _show_returns(document)
    out.print()
    _show_services(document.services, named)


def _hearing(row: HearingRow) -> list[object]:
    from domain.journey.hearing.codes import UNSETTLED, TaskStatus

    last = row.dates[-1]
    return [
        row.part,
        row.version,
        row.hearing_kind,
        row.status,
        None if last.ended else last.starts_at,
        row.postponements,
        sum(line.status in UNSETTLED for line in row.arrangements),
        sum(task.status is TaskStatus.OPEN for task in row.tasks),
    ]


def _show_services(services: Services, named: Named) -> None:
    """Services with what is due, referrals, and what each kind has cost; nothing where there is none."""
    if services.each:
        show_table(
            ("service", "part version", "status", "waits on", "due", "stalled"),
            ([s.part, s.version, s.status, s.waits_on, s.due_on, s.stalled] for s in services.each),
        )
        out.print()
    if services.referrals:
        rows = ([r.part, r.version, r.status, named(r.recipient), r.due_on] for r in services.referrals)
        show_table(("referral", "part version", "status", "recipient", "due"), rows)
        out.print()
    for use in services.uses:
        out.print(f"{use.service}: {use.use.value}")
    if services.costs:
        show_table(("service", "cost (RSD)"), ([c.service, c.amount] for c in services.costs))
        out.print()


def _show_standing(document: Document) -> None:
    """Formal status, residence and screenings, where there is anything to say; codes only."""
    decisions = document.formal_status.decisions if document.formal_status else ()
    if decisions:
        out.print()
        show_table(
            ("formal status", "part version", "decider", "decided", "known to us"),
            ([d.status, d.version, d.decider, d.decided_on, d.learned_on] for d in reversed(decisions)),
        )
    if document.permits:
        out.print()
        show_table(
            ("residence", "part version", "kind", "status", "from", "until", "applied"),
            (
                [p.part, p.version, p.kind, p.status, p.valid_from, p.valid_until, p.applied_on]
                for p in document.permits
            ),
        )
    if document.screenings:
        out.print()
        show_table(
            ("screening", "version", "held", "answers", "unanswered", "corrected by"),
            ([s.form, s.version, s.held_at, len(s.answers), s.unanswered, s.corrected_by] for s in document.screenings),
        )


def _show_proceedings(document: Document) -> None:
    """Proceedings, terms and fees, where there are any: days and codes, never a court or a case number."""
    if cases := document.proceedings:
        out.print()
        show_table(
            ("proceedings", "version", "matter", "stage", "outcome", "linked", "power wanted by"),
            ([p.part, p.version, p.matter, p.stage, p.outcome, p.linked, p.power_due_at] for p in cases),
        )
    if terms := document.terms:
        out.print()
        show_table(
            ("term", "version", "rule", "article", "due", "disputed", "status", "outcome"),
            ([t.part, t.version, t.rule, t.article, t.due_on, t.disputed, t.status, t.outcome] for t in terms),
        )
    if fees := document.fees:
        out.print()
        show_table(
            ("fee", "kind", "RSD", "due", "outcome"), ([f.part, f.kind, f.amount, f.due_on, f.outcome] for f in fees)
        )


def _show_returns(document: Document) -> None:
    """Returns with what each still needs, and reintegration; codes only."""
    if rows := document.returns:
        out.print()
        show_table(
            ("return", "version", "purpose", "country", "status", "leaves", "owed"),
            (
                [r.part, r.version, r.purpose, r.country, r.status, r.departs_at, ", ".join(o.item for o in r.owed)]
                for r in rows
            ),
        )
    if row := document.reintegration:
        out.print()
        show_table(
            ("reintegration", "version", "status", "reviews", "next review", "end"),
            [[row.times, row.version, row.status, row.reviews, row.review_on, row.end]],
        )
