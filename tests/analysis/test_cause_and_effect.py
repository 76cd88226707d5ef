"""A decision knows what it started, changed and ended, what it asked of others, and what caused it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from analysis.browsing.cause import Cause, CauseKind, cause_of, may_have_asked
from analysis.browsing.decided import Decided, decisions_of
from analysis.browsing.effect import Course, effect_of
from domain.codes import Relation, StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.linking import LinkJourney
from domain.journey.obligation import obligations
from domain.journey.state import journey_stream
from domain.stream.letters import messages_of
from domain.streams import kind_of
from tests.fix_engine import Bench
from workflows.messages import Firing, Relay, Wake


def decisions(bench: Bench, journey: UUID) -> list[Decided]:
    """Of a journey, oldest first."""
    return list(decisions_of(bench.log.load(journey_stream(journey)).history))


def test_the_effects_of_all_decisions_add_up_to_what_is_owed(bench: Bench) -> None:
    """What has started and not ended is what the stream owes now; each decision begins where the last one ended."""
    journey = bench.opened()
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    bench.record(journey, AdvanceStep(step="plan", outcome=StepOutcome.DONE))
    owed: set[str] = set()
    found = decisions(bench, journey)
    for before, after in zip([None, *found], found, strict=False):
        assert after.before == (before.after if before else None)
        for each in effect_of(after).owed:
            if each.course is Course.STARTED:
                assert each.obligation.key not in owed
                owed.add(each.obligation.key)
            elif each.course is Course.ENDED:
                owed.remove(each.obligation.key)
            else:
                assert each.before != each.after
    assert owed == {one.key for one in kind_of(found[-1].after.stream).obligations(found[-1].after)}
    contact = effect_of(found[1])
    assert [(o.course, o.obligation.key) for o in contact.owed if o.obligation.key.startswith("step:")] == [
        (Course.STARTED, "step:plan:1"),
        (Course.ENDED, "step:contact:1"),
    ]
    assert [cause_of(each, {}).kind for each in found] == [CauseKind.PERSON] * len(found)


def test_a_timer_is_told_from_its_command(bench: Bench) -> None:
    """It names the rung, changes the obligation whose rung it was, and has asked for a letter."""
    bench.log.set_clock(bench.log.now())
    journey = bench.opened()
    state = bench.recorder.journey(journey_stream(journey))
    assert state is not None
    owed = min((o for o in obligations(state) if o.ahead), key=lambda o: o.ahead[0].at)
    rung = owed.ahead[0]
    bench.log.set_clock(rung.at + timedelta(seconds=1))
    wake = Wake(key=owed.key, rung=rung.rung, at=rung.at, date_version=owed.clockwork.date_version)
    bench.recorder.fire(Firing(stream=journey_stream(journey), wake=wake))
    fired = decisions(bench, journey)[-1]
    assert cause_of(fired, {}) == Cause(CauseKind.TIMER, obligation=owed.key, rung=rung.rung)
    effect = effect_of(fired)
    assert [(o.course, o.obligation.key) for o in effect.owed] == [(Course.CHANGED, owed.key)]
    assert effect.messages == messages_of(fired.events[0].event)
    assert effect.messages


def test_a_decision_of_another_stream_is_found_and_its_answer_too(bench: Bench) -> None:
    """One journey links itself to another: that one's event was caused by the first, and the answer comes home."""
    one, other = bench.opened(), bench.opened()
    bench.record(one, LinkJourney(other=other, relation=Relation.SIBLING))
    asking = decisions(bench, one)[-1]
    (dispatch,) = effect_of(asking).asked
    assert dispatch.stream == journey_stream(other)
    bench.recorder.relay(Relay(stream=journey_stream(one), dispatch=dispatch.id))
    caused = decisions(bench, other)[-1]
    assert journey_stream(one) in may_have_asked(caused)
    histories = {stream: bench.log.load(stream).history for stream in may_have_asked(caused)}
    known = {stream: history for stream, history in histories.items() if history}
    assert cause_of(caused, known) == Cause(CauseKind.STREAM, stream=journey_stream(one), version=asking.version)
    assert cause_of(caused, {}) == Cause(CauseKind.SYSTEM)
    answered = decisions(bench, one)[-1]
    assert cause_of(answered, {}) == Cause(CauseKind.ANSWER, stream=journey_stream(other))
    assert effect_of(answered).answered == (dispatch,)
    assert may_have_asked(answered) == ()
