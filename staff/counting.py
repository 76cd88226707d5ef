"""What is counted for operations (`/metrics`). Never a journey, a person or a text in a label."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


def _registry() -> CollectorRegistry:
    return CollectorRegistry()


@dataclass(slots=True)
class Counters:
    """The counters of one application: a registry of its own, so that a process may hold several."""

    registry: CollectorRegistry = field(default_factory=_registry)
    commands: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    lag: Gauge = field(init=False)
    parked: Gauge = field(init=False)
    late_views: Counter = field(init=False)
    audit_age: Gauge = field(init=False)
    audit_findings: Gauge = field(init=False)
    letters: Gauge = field(init=False)
    doubles: Gauge = field(init=False)

    def __post_init__(self) -> None:
        self.commands = Counter(
            "putokaz_commands", "Commands by kind and answer", ("command", "outcome"), registry=self.registry
        )
        self.seconds = Histogram(
            "putokaz_request_seconds", "Time to answer, by route", ("route", "status"), registry=self.registry
        )
        self.lag = Gauge(
            "putokaz_projection_lag_seconds", "Age of the oldest event not shown", ("model",), registry=self.registry
        )
        self.parked = Gauge(
            "putokaz_projection_parked", "Streams that a read model cannot follow", ("model",), registry=self.registry
        )
        self.letters = Gauge("putokaz_letters_waiting", "Letters on their way to a mail server", registry=self.registry)
        self.doubles = Gauge(
            "putokaz_letters_possibly_doubled",
            "Letters that may have gone out twice",
            ("cause",),
            registry=self.registry,
        )
        self.late_views = Counter(
            "putokaz_late_views", "Pages shown before their read model had the command", registry=self.registry
        )
        self.audit_age = Gauge(
            "putokaz_audit_age_seconds", "Since workflows were last compared with the log", (), registry=self.registry
        )
        self.audit_findings = Gauge(
            "putokaz_audit_findings_last_day",
            "Workflows that differed from the log in the last 24 hours, by whether they were healed",
            ("fault", "healed"),
            registry=self.registry,
        )
