"""No timer of an old date is left after any sequence of commands, with plan and checklist under way."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.journey import decide, wakes
from domain.journey.hearing.commands import PlanHearing
from domain.refusal import Refused
from tests.domain.hearing.court import local, summoned
from tests.domain.hearing.strategies import hearing_commands

SUMMONED = summoned(local(2026, 9, 15), "preparatory").having(PlanHearing(hearing=1, plan="from-abroad"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(data=st.data())
def test_every_live_wake_is_of_the_newest_date(data: st.DataObject) -> None:
    """Sooner or later in the half year before it; the talk about a sitting belongs to that sitting."""
    at = SUMMONED
    for _ in range(data.draw(st.integers(1, 12))):
        at = at.later(hours=data.draw(st.integers(0, 24 * 40)))
        command = data.draw(hearing_commands(at.state, at.now))
        decision = decide(at.state, command, at.pathway, at.now)
        at = at if isinstance(decision, Refused) else at.and_then(*decision)
        for wake in wakes(at.state):
            if wake.key.startswith("hearing:") and "debrief" not in wake.key:
                state = at.state.hearings[int(wake.key.split(":")[1])]
                assert wake.date_version == state.date_version, (wake, command)
