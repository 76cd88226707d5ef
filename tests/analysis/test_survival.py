"""Kaplan–Meier against a textbook, and against other ways to the same numbers."""

from __future__ import annotations

from random import Random

import pytest

from analysis.flow.survival import Observed, kaplan_meier

REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
"""Weeks in remission under 6-MP, + censored: E. J. Freireich et al., Blood 21 (1963) 699; in every textbook since."""


def observations(text: str) -> list[Observed]:
    """From a line as above."""
    return [Observed(float(word.rstrip("+")), None if word.endswith("+") else "relapse") for word in text.split()]


def test_the_textbook_example() -> None:
    """As printed in Kalbfleisch and Prentice, and by `survfit(conf.type = "log-log")`."""
    curve = kaplan_meier(observations(REMISSION))
    assert [(p.days, p.at_risk, p.events) for p in curve.points] == [
        (6, 21, 3),
        (7, 17, 1),
        (10, 15, 1),
        (13, 12, 1),
        (16, 11, 1),
        (22, 7, 1),
        (23, 6, 1),
    ]
    survival = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [p.survival for p in curve.points] == pytest.approx(survival, abs=5e-4)
    assert (curve.points[0].low, curve.points[0].high) == pytest.approx((0.620, 0.952), abs=5e-4)
    assert (curve.points[-1].low, curve.points[-1].high) == pytest.approx((0.188, 0.680), abs=5e-4)
    assert (curve.observed, curve.events, curve.median) == (21, 9, 23)
    assert (curve.survival_at(5), curve.survival_at(50)) == (1.0, curve.points[-1].survival)


def test_a_median_that_was_not_reached() -> None:
    """Two of five only; and nobody at all."""
    assert kaplan_meier(observations("1 2 9+ 9+ 9+")).median is None
    assert kaplan_meier([]).median is None
    assert kaplan_meier(observations("1 2")).points[-1].survival == 0


@pytest.mark.parametrize("seed", range(20))
def test_against_handing_the_weight_of_the_censored_on(seed: int) -> None:
    """Efron's redistribution to the right: each censored one gives its weight in equal parts to those after it."""
    random = Random(seed)
    events = ("goals-reached", "missing", None)
    seen = [Observed(float(random.randrange(12)), random.choice(events)) for _ in range(random.randrange(1, 40))]
    seen.sort(key=lambda each: (each.days, each.event is None))
    weights = [1 / len(seen)] * len(seen)
    for place, each in enumerate(seen):
        after = len(seen) - place - 1
        if each.event is None and after:
            for later in range(place + 1, len(seen)):
                weights[later] += weights[place] / after
            weights[place] = 0
    for point in kaplan_meier(seen).points:
        happened = {
            event: sum(w for w, e in zip(weights, seen, strict=True) if e.event == event and e.days <= point.days)
            for event in events[:2]
        }
        assert point.survival == pytest.approx(1 - sum(happened.values()))
        assert {event: point.by_event.get(str(event), 0.0) for event in happened} == pytest.approx(happened)
        assert 0 <= point.low <= point.survival <= point.high <= 1


def test_counts_stand_for_as_many() -> None:
    """Three at once are three one by one."""
    once = kaplan_meier([Observed(2, "reached", 3), Observed(3, None, 2), Observed(4, "reached")])
    each = [Observed(2, "reached")] * 3 + [Observed(3, None)] * 2 + [Observed(4, "reached")]
    assert once == kaplan_meier(each)
