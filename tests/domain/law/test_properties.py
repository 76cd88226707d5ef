"""What holds for every rule, event, suspension and interruption."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.law import (
    LIMITATION_RULES,
    TERM_RULES,
    Direction,
    Interruption,
    InterruptionGround,
    Limitation,
    LimitationRule,
    Proceedings,
    Reason,
    StatutoryDeadline,
    Suspension,
    SuspensionGround,
    TermRule,
    Trigger,
    Weight,
    count_term,
    limitation,
)
from domain.law.limitation_model import LASTING
from domain.law.suspension import stretched
from tests.domain.law.wall import ONE, SATURDAY, SERBIA, free_days, is_free

DAYS = st.dates(date(2012, 1, 1), date(2040, 12, 31))
RULES = st.sampled_from(list(TERM_RULES.values()))
FORWARD = st.sampled_from([rule for rule in TERM_RULES.values() if rule.direction is Direction.AFTER])
LIMITATIONS = st.sampled_from(list(LIMITATION_RULES.values()))


@st.composite
def suspensions(draw: st.DrawFn, ground: SuspensionGround = SuspensionGround.EMERGENCY_DECREE) -> Suspension:
    """Up to half a year long."""
    starts = draw(DAYS)
    return Suspension(
        starts=starts, ends=starts + timedelta(days=draw(st.integers(0, 180))), ground=ground, act="sg-1-2026"
    )


@st.composite
def interruptions(draw: st.DrawFn) -> Interruption:
    """Of any ground, pending or ended."""
    on, ground = draw(DAYS), draw(st.sampled_from(InterruptionGround))
    ended = draw(st.none() | st.integers(0, 900)) if ground in LASTING else None
    return Interruption(on=on, ground=ground, ended_on=None if ended is None else on + timedelta(days=ended))


@st.composite
def events(draw: st.DrawFn, rule: TermRule | LimitationRule) -> dict[Trigger, date]:
    """All that the rule may run from, on days near each other."""
    start = draw(DAYS)
    wanted = rule.triggers if isinstance(rule, TermRule) else {rule.runs_from, rule.absolute_from} - {None}
    return {trigger: start + timedelta(days=draw(st.integers(0, 400))) for trigger in sorted(t for t in wanted if t)}


def counted(rule: TermRule, given: dict[Trigger, date], *held: Suspension) -> StatutoryDeadline:
    """With a time frame, for the one rule that needs it."""
    return count_term(rule, given, SERBIA, suspensions=held, frame=182)


def limited(
    rule: LimitationRule, given: dict[Trigger, date], *acts: Interruption, held: Suspension | None = None
) -> Limitation:
    """With at most one suspension."""
    return limitation(rule, given, SERBIA, interruptions=acts, suspensions=[held] if held else [])


@given(st.data(), RULES)
def test_the_alarm_follows_the_earliest_arguable_reading(data: st.DataObject, rule: TermRule) -> None:
    """And no reading of another system goes before it."""
    deadline = counted(rule, data.draw(events(rule)), data.draw(suspensions()))
    assert deadline.due_on == deadline.readings[0].due_on
    assert all(deadline.due_on <= reading.due_on for reading in deadline.arguable)
    assert deadline.readings[0].weight is Weight.ARGUABLE
    weights = [reading.weight is Weight.REJECTED for reading in deadline.readings]
    assert weights == sorted(weights)


@given(st.data(), RULES)
def test_a_later_event_never_ends_a_term_sooner(data: st.DataObject, rule: TermRule) -> None:
    """Monotonic in every event, suspended or not."""
    given, held = data.draw(events(rule)), data.draw(suspensions())
    moved = data.draw(st.sampled_from(sorted(given)))
    later = {**given, moved: given[moved] + timedelta(days=data.draw(st.integers(0, 40)))}
    assert counted(rule, given, held).due_on <= counted(rule, later, held).due_on


@given(st.data(), RULES)
def test_nothing_ends_before_its_last_day_nor_on_a_day_that_rolls(data: st.DataObject, rule: TermRule) -> None:
    """The last day stays or moves forward to the nearest day on which one can act."""
    for reading in counted(rule, data.draw(events(rule)), data.draw(suspensions())).readings:
        assert reading.last_day <= reading.due_on
        capped_or_at_once = Reason.CAPPED in reading.reasons or reading.last_day == reading.from_on
        if rule.direction is Direction.BEFORE or rule.proceedings is Proceedings.RESIDENCE or capped_or_at_once:
            assert reading.last_day == reading.due_on
            continue
        works = Reason.SATURDAY_WORKS in reading.reasons

        def rolls(on: date, works: bool = works) -> bool:
            saturday = works and on.weekday() == SATURDAY and on not in free_days(on.year)
            return is_free(on) and not saturday

        assert not rolls(reading.due_on)
        passed = (reading.due_on - reading.last_day).days
        assert all(rolls(reading.last_day + timedelta(days=d)) for d in range(passed))


@given(st.data(), RULES, suspensions())
def test_a_suspension_never_shortens(data: st.DataObject, rule: TermRule, held: Suspension) -> None:
    """Whatever else is suspended."""
    given, other = data.draw(events(rule)), data.draw(suspensions())
    assert counted(rule, given, other).due_on <= counted(rule, given, other, held).due_on


@given(st.data(), FORWARD)
def test_counting_twice_gives_the_same(data: st.DataObject, rule: TermRule) -> None:
    """The order of suspensions is of no account, and a stored deadline comes back as it was."""
    given, one, two = data.draw(events(rule)), data.draw(suspensions()), data.draw(suspensions())
    deadline = counted(rule, given, one, two)
    assert deadline == counted(rule, given, two, one)
    assert StatutoryDeadline.model_validate_json(deadline.model_dump_json()) == deadline


@given(DAYS, st.integers(0, 400), st.lists(suspensions(), max_size=5))
def test_stretching_counts_what_a_person_would_tick_off(start: date, length: int, held: list[Suspension]) -> None:
    """Day by day, leaving out those that stand still."""
    on, ticked = start, 0
    while ticked < length:
        on += ONE
        ticked += not any(s.starts <= on <= s.ends for s in held)
    assert stretched(start, start + timedelta(days=length), held) == on


@given(st.data(), LIMITATIONS, interruptions())
def test_an_interruption_never_shortens(data: st.DataObject, rule: LimitationRule, one: Interruption) -> None:
    """Pending, too late or in time."""
    given, others = data.draw(events(rule)), data.draw(st.lists(interruptions(), max_size=3))
    assert limited(rule, given, *others).ends_on <= limited(rule, given, *others, one).ends_on


@given(st.data(), LIMITATIONS, st.lists(interruptions(), max_size=3))
def test_a_later_event_never_limits_sooner(data: st.DataObject, rule: LimitationRule, acts: list[Interruption]) -> None:
    """Monotonic in every event."""
    given = data.draw(events(rule))
    moved = data.draw(st.sampled_from(sorted(given)))
    later = {**given, moved: given[moved] + timedelta(days=data.draw(st.integers(0, 400)))}
    assert limited(rule, given, *acts).ends_on <= limited(rule, later, *acts).ends_on


@given(st.data(), LIMITATIONS, st.lists(interruptions(), max_size=6))
def test_the_absolute_term_ends_it_in_any_case(
    data: st.DataObject, rule: LimitationRule, acts: list[Interruption]
) -> None:
    """However often it was interrupted: the same day as if never."""
    given = data.draw(events(rule))
    often, never = limited(rule, given, *acts), limited(rule, given)
    absolute = min((r.absolute_on for r in never.readings if r.absolute_on), default=date.max)
    assert never.ends_on <= often.ends_on <= absolute
    assert Limitation.model_validate_json(often.model_dump_json()) == often


@given(st.data(), LIMITATIONS, st.sampled_from(SuspensionGround))
def test_a_suspension_never_shortens_a_limitation(
    data: st.DataObject, rule: LimitationRule, ground: SuspensionGround
) -> None:
    """Of whatever ground."""
    given, held = data.draw(events(rule)), data.draw(suspensions(ground))
    assert limited(rule, given).ends_on <= limited(rule, given, held=held).ends_on
