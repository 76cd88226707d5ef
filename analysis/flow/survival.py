"""Times until something happens, where some were not seen to the end: Kaplan–Meier, Greenwood, Aalen–Johansen.

Sources: E. L. Kaplan, P. Meier, *Nonparametric Estimation from Incomplete Observations*, JASA 53 (1958) 457–481; the
band is that of M. Greenwood (1926) on the scale of log(-log S), as in Kalbfleisch and Prentice, *The Statistical
Analysis of Failure Time Data* (2002), §1.4: it never leaves 0 … 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

_Z = 1.959963984540054  # 95 %


@dataclass(frozen=True, slots=True)
class Observed:
    """`count` times seen for `days`, until `event`; None: until we could see no further (right-censored)."""

    days: float
    event: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """At an event time. `survival`: the share in which it has not happened by then, with its band of 95 per cent.

    `by_event`: the share in which each event has happened by then; with `survival` they add up to 1.
    """

    days: float
    at_risk: int
    events: int
    survival: float
    low: float
    high: float
    by_event: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """`points` by time. `observed`: how many were; `events`: in how many it happened."""

    observed: int
    events: int
    points: tuple[Point, ...]

    @property
    def median(self) -> float | None:
        """Days by which it had happened in half of them; None where that was not reached."""
        return next((p.days for p in self.points if p.survival <= 0.5 + 1e-12), None)

    def survival_at(self, days: float) -> float:
        """The share in which it has not happened by then."""
        return next((p.survival for p in reversed(self.points) if p.days <= days), 1.0)


def kaplan_meier(observed: Iterable[Observed]) -> Curve:
    """The curve. What was censored at the time of an event was still at risk then."""
    seen = sorted(observed, key=lambda each: each.days)
    total = at_risk = sum(each.count for each in seen)
    survival, variance, happened = 1.0, 0.0, 0
    by_event: dict[str, float] = {}
    points = []
    for days, here in _by_time(seen):
        events = sum(each.count for each in here if each.event is not None)
        if events:
            for each in here:
                if each.event is not None:
                    by_event[each.event] = by_event.get(each.event, 0.0) + survival * each.count / at_risk
            survival *= 1 - events / at_risk
            variance += events / (at_risk * (at_risk - events)) if events < at_risk else inf
            low, high = _band(survival, variance)
            points.append(Point(days, at_risk, events, survival, low, high, dict(by_event)))
        happened += events
        at_risk -= sum(each.count for each in here)
    return Curve(total, happened, tuple(points))


def _by_time(seen: Sequence[Observed]) -> list[tuple[float, list[Observed]]]:
    found: dict[float, list[Observed]] = {}
    for each in seen:
        found.setdefault(each.days, []).append(each)
    return list(found.items())


def _band(survival: float, variance: float) -> tuple[float, float]:
    """Not defined once nothing is left: from there on it says nothing beyond the estimate."""
    if survival <= 0 or variance == inf:
        return 0.0, 0.0
    width = _Z * sqrt(variance) / abs(log(survival))
    return exp(log(survival) * exp(width)), exp(log(survival) * exp(-width))
