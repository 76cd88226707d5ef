"""Titles of steps, stages and milestones: read models hold codes, the pathway has the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.codes import ObligationKind
from domain.journey.returning.state import kind_of_item, name_of_item
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.model import Pathway, Title
from domain.pathway.safety_titles import assessment_title, goal_title
from domain.pathway.titles import title_of
from projections.journey_list.queries import JourneyRow, find_journeys
from staff.forms.field import capital
from staff.i18n.words import Words
from staff.parts import Parts

_IN_STEPS: frozenset[ObligationKind] = frozenset({ObligationKind.STEP, ObligationKind.REVIEW})

_KINDS = {
    ("term",): ObligationKind.TERM,
    ("term", "confirmation"): ObligationKind.TERM_CONFIRMATION,
    ("proceedings", "power"): ObligationKind.POWER_OF_ATTORNEY,
    ("fee",): ObligationKind.COURT_FEE,
}
"""Whose obligations are no steps, by the words of their keys."""
_BY_KIND = {
    "approval": ObligationKind.APPROVAL,
    "emergency-access": ObligationKind.EMERGENCY_REVIEW,
    "reintegration": ObligationKind.REINTEGRATION_REVIEW,
    "residence": ObligationKind.RESIDENCE,
}
"""Of what is called by its kind, whatever its number."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of one pathway in one locale."""

    pathway: Pathway
    words: Words

    def step(self, key: str | None) -> str:
        """The title of a step; without a key it is the review."""
        if key is None:
            return self.words("review.title")
        place = self.pathway.find_step(key)
        return self._title(place[1].title if place else None)

    def stage(self, key: str) -> str:
        found = self.pathway.find_stage(key)
        return self._title(found.title if found else None)

    def milestone(self, key: str) -> str:
        found = next((m.title for m in self.pathway.milestones if m.milestone == key), None)
        return self._title(found)

    def owed(self, kind: ObligationKind, what: str | None) -> str:
        """The title of what is owed: a step or the review by name, anything else by its kind."""
        if kind in _IN_STEPS:
            return self.step(what)
        if kind is ObligationKind.APPROVAL and what:
            return self.words("approval.owed", matter=self.words.label(ApprovalMatter(what)))
        title = title_of(self.pathway, kind, what)
        return self.words.title(title) if title else capital(self.words.label(kind))

    def service(self, key: str) -> str:
        found = self.pathway.services.find(key) if self.pathway.services else None
        return self._title(found.title if found else None)

    def term(self, service: str, term: str) -> str:
        """The title of a term of a service's record."""
        kind = self.pathway.services.find(service) if self.pathway.services else None
        found = kind.find_term(term) if kind else None
        return self._title(found.title if found else None)

    def part(self, key: str) -> str:
        """The title of what an obligation is about: `step:plan:2`, `hearing:1:task:ticket`, `term:1`, `review`."""
        of_proceedings = _KINDS.get(tuple(word for word in key.split(":") if not word.isdigit()))
        if of_proceedings is not None:
            return self.words.label(of_proceedings)
        kind, *rest = key.split(":")
        match kind, rest:
            case "step", (step, *_):
                return self.step(step)
            case "service", (service, *_):
                return self.service(service)
            case "referral", (service, *_):
                return self.words("service.referral", service=self.service(service))
            case "term", (service, _, term):
                return self.words("service.term", service=self.service(service), term=self.term(service, term))
            case (("search" | "concern"), _):
                return self.words(f"service.{kind}")
            case "hearing", (number, *more):
                return self._of_hearing(number, *more)
            case "return", (number, *more):
                return self._of_return(number, *more)
            case _:
                return self.words.label(_BY_KIND[kind]) if kind in _BY_KIND else self.step(None)

    def _of_return(self, number: str, *more: str) -> str:
        if not more:
            return self.words("returning.named", number=number)
        what = self.owed(kind_of_item(more[0]), name_of_item(more[0]))
        return self.words("returning.part", number=number, what=what)

    def assessment(self, key: str) -> str:
        return self._title(assessment_title(self.pathway, key))

    def goal(self, key: str) -> str:
        return self._title(goal_title(self.pathway, key))

    def hearing(self, number: int, kind: str | None = None) -> str:
        """`Main hearing (2)`; without its kind only the number."""
        section = self.pathway.hearings
        found = section.find_kind(kind) if section and kind else None
        if found is None:
            return self.words("hearing.unnamed", number=number)
        return self.words("hearing.named", kind=self._title(found.title), number=number)

    def hearing_plan(self, key: str) -> str:
        section = self.pathway.hearings
        found = section.find_plan(key) if section else None
        return self._title(found.title if found else None)

    def _of_hearing(self, number: str, *more: str) -> str:
        match more:
            case [sort, name]:
                what = self.owed(ObligationKind(f"hearing-{sort}"), name)
            case ["seen"]:
                what = self.words("hearing.seen")
            case [_]:
                what = self.words("hearing.debrief")
            case _:
                return self.words("hearing.unnamed", number=number)
        return self.words("hearing.part", number=number, what=what)

    def _title(self, title: Title | None) -> str:
        return self.words.title(title) if title else self.words("titles.unknown")


def titles_of(rows: Iterable[JourneyRow], parts: Parts, words: Words) -> dict[UUID, Titles]:
    """The titles for each journey of a list, each pathway read once."""
    found: dict[tuple[str, int], Titles] = {}
    by_journey = {}
    for row in rows:
        pin = (row.pathway, row.pathway_version)
        if pin not in found:
            found[pin] = Titles(parts.desk.published(*pin), words)
        by_journey[row.journey] = found[pin]
    return by_journey


def titles_for(journeys: Iterable[UUID], parts: Parts, words: Words) -> dict[UUID, Titles]:
    """The titles for journeys that are known by id only."""
    return titles_of(find_journeys(parts.reader, set(journeys)).values(), parts, words)
