"""What a journey says in the words of HTCDS 2.0: formal status and screenings, by the names that its pathway has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.journey import Journey
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pathway, Pin
from domain.pathway.screening import QuestionKind

Pathways = Callable[[Pin], Pathway]
"""Finds a pinned pathway: what a screening's questions mean stands there."""

STATUSES: Mapping[FormalStatus, str] = MappingProxyType(
    {
        FormalStatus.REPORTED: "PossibleVictimOfTrafficking",
        FormalStatus.PRESUMED: "PossibleVictimOfTrafficking",
        FormalStatus.REOPENED: "PossibleVictimOfTrafficking",
        FormalStatus.REJECTED: "PossibleVictimOfTrafficking",
        FormalStatus.STOPPED: "PossibleVictimOfTrafficking",
        FormalStatus.IDENTIFIED: "ActualVictimOfTrafficking",
        FormalStatus.NOT_CONFIRMED: "NotAVictimOfTrafficking",
    }
)
"""`vic_TraffickingStatus`. A report that was rejected or stopped says nothing about the person."""


class Answers:
    """The answers of a journey by the HTCDS field that they belong to. `pathways` finds a pinned pathway."""

    def __init__(self, pathways: Pathways) -> None:
        self._pathways = pathways

    def of(self, journey: Journey) -> dict[str, list[str]]:
        """Codes by field, in the order in which the form asks; a later screening of a field replaces an earlier one.

        A field that was asked and not known is there and empty; one that nobody asked is not there.
        """
        found: dict[str, list[str]] = {}
        for screening in journey.screenings:
            if screening.corrected_by is None:
                found |= self._of_form(screening.pin, screening.form, screening.answers)
        decisions = journey.formal_status.decisions
        if decisions:
            last = decisions[-1]
            found["vic_TraffickingStatus"] = [STATUSES[last.status]]
            decider = self._decider(journey.pin, last.decider)
            if decider:
                found["vic_TraffickingStatusDecisionMakingOrg"] = [decider]
        return found

    def _of_form(self, pin: Pin, form: str, answers: tuple[Answer, ...]) -> dict[str, list[str]]:
        asked = self._pathways(pin).find_form(form)
        if asked is None:
            return {}
        found: dict[str, list[str]] = {}
        for _, question in asked.places():
            if question.htcds is None or question.kind not in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
                continue
            given = [each.answer for each in answers if each.question == question.question]
            if given:
                names = {choice.choice: choice.htcds for choice in question.choices}
                found[question.htcds] = [name for each in given if each and (name := names.get(each))]
        return found

    def _decider(self, pin: Pin, decider: str) -> str | None:
        rules = self._pathways(pin).formal_status
        found = rules.find_decider(decider) if rules else None
        return found.htcds if found else None
