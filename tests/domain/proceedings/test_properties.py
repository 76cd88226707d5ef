"""What holds of every term: no alarm after the earliest reading while nobody has confirmed it, whatever is disputed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes import RungEffect
from domain.journey.proceedings.codes import TermStatus
from domain.journey.proceedings.term_commands import RecomputeDeadlines, StartTerm
from domain.journey.proceedings.term_events import TermStarted
from domain.law import TERM_RULES, Proceedings, StatutoryDeadline, Weight
from domain.pathway.hearings import Matter
from domain.pathway.proceedings import DatedSuspension
from domain.refusal import Refused
from tests.proceedings_examples import court_pathway, in_court

RULES = sorted(
    rule.rule
    for rule in TERM_RULES.values()
    if rule.proceedings in (Proceedings.CRIMINAL, Proceedings.CIVIL) and rule.rule != "zpp-108-postponement"
)
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RULES), DAYS, st.data())
def test_a_disputed_term_never_alarms_later_than_its_earliest_reading(rule: str, on: date, data: st.DataObject) -> None:
    """The due instant lies on that day, and every reminder before it."""
    found = TERM_RULES[rule]
    trigger = data.draw(st.sampled_from(sorted(found.triggers)))
    matter = Matter(found.proceedings.value)
    before = in_court(datetime(on.year, on.month, on.day, 12, tzinfo=UTC), matter)
    decision = before.when(StartTerm(proceedings=1, rule=rule, on=on, trigger=trigger)).decision
    assert not isinstance(decision, Refused), decision
    event = decision[0]
    assert isinstance(event, TermStarted)
    assert isinstance(event.counted, StatutoryDeadline)
    earliest = min(r.due_on for r in event.counted.readings if r.weight is Weight.ARGUABLE)
    assert event.due_on == event.deadline.due_on == earliest
    assert event.deadline.due_at.date() <= earliest
    assert all(r.at <= event.deadline.due_at for r in event.deadline.rungs if r.effect is RungEffect.REMIND)
    told = [r.at for r in event.deadline.rungs if r.effect in (RungEffect.DUE, RungEffect.ESCALATE)]
    assert min(told) <= event.deadline.due_at
    assert event.confirm_by.due_at <= max(event.deadline.due_at, before.now)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RULES), DAYS, st.integers(-20, 60), st.integers(0, 40))
def test_counted_again_it_follows_the_earliest_reading_of_then(rule: str, on: date, starts: int, length: int) -> None:
    """And moves only by that command, in one event, old and new day together."""
    found = TERM_RULES[rule]
    start = on + timedelta(days=starts)
    act = DatedSuspension(
        starts=start,
        ends=start + timedelta(days=length),
        act="sg-99-2026",
        proceedings=(found.proceedings.value,),
    )
    trigger = min(found.triggers)
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    before = in_court(now, Matter(found.proceedings.value)).having(
        StartTerm(proceedings=1, rule=rule, on=on, trigger=trigger)
    )
    changed = before.on(court_pathway(act))
    assert changed.state.terms == before.state.terms
    after = changed.having(RecomputeDeadlines()).state.terms[1]
    assert after.due_on == min(after.days_read)
    assert after.due_on >= before.state.terms[1].due_on
    assert after.status is TermStatus.UNCONFIRMED
