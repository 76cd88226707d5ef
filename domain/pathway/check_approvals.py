"""Whether the rules for approvals hold together: one for each matter, and somebody is told when nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.pathway.approvals import ApprovalMatter
from domain.pathway.common import EscalateRung
from domain.pathway.model import Pathway
from domain.pathway.problem import Path, Problem

CheckLadder = Callable[[tuple[EscalateRung, ...], Path], Iterator[Problem]]


def check_approvals(pathway: Pathway, check_ladder: CheckLadder) -> Iterator[Problem]:
    """Every fault of the section. `check_ladder` is the rule of every escalation."""
    matters = [rule.matter for rule in pathway.approvals]
    for n, rule in enumerate(pathway.approvals):
        place = ("approvals", n)
        yield from check_ladder(rule.escalate, (*place, "escalate"))
        if rule.matter in matters[:n]:
            yield Problem((*place, "matter"), f"{rule.matter.value} stands twice: keep one rule")
        if not rule.within.count:
            yield Problem((*place, "within"), "nobody can answer at once: give it some time")
        if rule.matter is ApprovalMatter.PLAN and pathway.plan is None:
            yield Problem((*place, "matter"), "there is no `plan` to be approved: remove it, or add that section")
