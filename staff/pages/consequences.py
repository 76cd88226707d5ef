"""What a command starts, in words, before it is saved: steps opened, reminders, who is told, stages, milestones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.codes import ConsentPurpose, Phase, Role, RungEffect
from domain.deadline import Deadline
from domain.event import Event
from domain.journey import Journey
from domain.journey.approval.events import ApprovalVoided
from domain.journey.assignment import Assigned, Unassigned
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.consent import ConsentWithdrawn
from domain.journey.linking import JourneyLinked, JourneyUnlinked
from domain.journey.merging import JourneyMerged, MergeReversed
from domain.journey.milestones import MilestoneReached
from domain.journey.naming import journey_code
from domain.journey.obligation import owner
from domain.journey.opening import JourneyOpened
from domain.journey.review import ReviewHeld, ReviewScheduled
from domain.journey.service.events import ServiceStopped
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.stalling import StepResumed, StepStalled
from domain.journey.state import StepStatus
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled
from staff.forms.field import capital
from staff.pages import approvals, emergencies, migrated, nudging, proceedings, reintegration, returning, standing
from staff.pages.hearing_consequences import hearing_details
from staff.pages.hearing_story import OF_HEARINGS, hearing_line
from staff.pages.safety_consequences import foretell_safety
from staff.pages.services import of_service
from staff.ports import Foreseen
from staff.titles import Titles
from staff.visit import Visit


class Mark(StrEnum):
    """What kind of thing follows; the page has a sign and a word for each."""

    OPENS = "opens"
    ENDS = "ends"
    DATED = "dated"
    STAGE = "stage"
    MILESTONE = "milestone"
    PEOPLE = "people"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Consequence:
    mark: Mark
    text: str
    details: tuple[str, ...] = ()


def consequences(foreseen: Foreseen, titles: Titles, visit: Visit) -> list[Consequence]:
    """Everything that would follow, in the order in which it would be recorded."""
    after = foreseen.after
    if after is None:
        return []
    telling = _Telling(titles, visit, foreseen.before, after)
    found = [telling.one(event) for event in foreseen.events]
    return [c for c in found if c is not None] + telling.ended()


class _Telling:
    """Tells the consequences of one preview."""

    def __init__(self, titles: Titles, visit: Visit, before: Journey | None, after: Journey) -> None:
        self._titles, self._visit, self._before, self._after = titles, visit, before, after
        self._words = titles.words

    def one(self, event: Event) -> Consequence | None:
        t, titles = self._words, self._titles
        match event:
            case StepOpened():
                opened = t("what.step-opened", step=titles.step(event.step), who=self._who(event.role))
                return Consequence(Mark.OPENS, opened, self._ladder(event.deadline))
            case StepAdvanced() | StepCorrected():
                title = titles.step(event.step)
                if event.deadline is None:
                    return Consequence(Mark.NOTED, t("what.step-settled", step=title), (t("what.reminders-stop"),))
                return Consequence(Mark.DATED, t("what.step-goes-on", step=title), self._ladder(event.deadline))
            case StepScheduled():
                title = t("what.step-scheduled", step=titles.step(event.step))
                return Consequence(Mark.DATED, title, self._ladder(event.deadline))
            case StepResumed():
                title = t("what.step-resumed", step=titles.part(event.part))
                return Consequence(Mark.DATED, title, self._ladder(event.deadline))
            case StepStalled():
                text = t("what.step-stalled", step=titles.part(event.part), cause=t.label(event.cause))
                return Consequence(Mark.NOTED, text)
            case StageEntered():
                return Consequence(Mark.STAGE, t("what.stage-entered", stage=titles.stage(event.stage)))
            case StageLeft():
                text = t("what.stage-left", stage=titles.stage(event.stage), exit=t.label(event.exit))
                return Consequence(Mark.STAGE, text)
            case ReviewScheduled():
                text = t("what.review-scheduled", who=self._who(event.role))
                return Consequence(Mark.OPENS, text, self._ladder(event.deadline))
            case _ if isinstance(event, OF_HEARINGS):
                text, about = hearing_line(event, titles, self._visit)
                details = hearing_details(event, titles, self._who, self._ladder)
                return Consequence(Mark.DATED if details else Mark.NOTED, text, (*about, *details))
            case _:
                return self._rest(event)

    def _rest(self, event: Event) -> Consequence | None:
        t = self._words
        match event:
            case JourneyOpened():
                return Consequence(Mark.NOTED, t("what.opened", pathway=t.title(self._titles.pathway.title)))
            case JourneyClosed():
                return Consequence(
                    Mark.NOTED, t("what.closed", reason=t.label(event.reason)), (t("what.closed-stays"),)
                )
            case JourneyReopened():
                return Consequence(Mark.NOTED, t("what.reopened", reason=t.label(event.reason)))
            case MilestoneReached():
                return Consequence(
                    Mark.MILESTONE, t("what.milestone", milestone=self._titles.milestone(event.milestone))
                )
            case Assigned():
                return Consequence(
                    Mark.PEOPLE,
                    t("what.assigned", role=t.label(event.role), who=self._visit.name(event.staff)),
                    self._taken_over(event.role),
                )
            case Unassigned():
                text = t("what.unassigned", role=t.label(event.role))
                return Consequence(Mark.PEOPLE, text, self._taken_over(event.role))
            case ReviewHeld():
                return Consequence(Mark.NOTED, t("what.review-held"))
            case _:
                return self._tied(event)

    def _tied(self, event: Event) -> Consequence | None:
        """What ties this journey to another one; that one records it as well."""
        t = self._words
        if nudged := nudging.tell(event, self._titles, self._visit):
            return Consequence(Mark.PEOPLE, capital(nudged[0]), nudged[1])
        there = t("what.other-side")
        match event:
            case JourneyLinked():
                text = t("what.linked", other=journey_code(event.other))
                return Consequence(Mark.NOTED, text, (there,))
            case JourneyUnlinked():
                text = t("what.unlinked", other=journey_code(event.other))
                return Consequence(Mark.NOTED, text, (there,))
            case JourneyMerged():
                text = t("what.merged", other=journey_code(event.survivor))
                return Consequence(Mark.NOTED, text, (there, t("what.merge-reversible")))
            case MergeReversed():
                text = t("what.unmerged", other=journey_code(event.survivor))
                return Consequence(Mark.NOTED, text, (there,))
            case _:
                parts = (
                    self._of_service,
                    self._safety,
                    self._standing,
                    self._proceedings,
                    self._returning,
                    self._approval,
                )
                return next((told for part in parts if (told := part(event)) is not None), None)

    def _of_service(self, event: Event) -> Consequence | None:
        text, deadline = of_service(event, self._titles), getattr(event, "deadline", None)
        if text is None:
            return None
        if isinstance(event, ServiceStopped):
            return Consequence(Mark.ENDS, text, (self._words("what.consent-stays-lawful"),))
        if isinstance(deadline, Deadline):
            return Consequence(Mark.DATED, text, self._ladder(deadline))
        return Consequence(Mark.NOTED, text)

    def _safety(self, event: Event) -> Consequence | None:
        found = foretell_safety(event, self._titles)
        if found is None:
            return None
        text, details, deadline = found
        if isinstance(event, ConsentWithdrawn) and self._powers_stand(event):
            details = (*details, self._words("what.powers-stand"))
        mark = Mark.DATED if deadline else Mark.NOTED
        return Consequence(mark, text, (*details, *(self._ladder(deadline) if deadline else ())))

    def _powers_stand(self, event: ConsentWithdrawn) -> bool:
        """Whether somebody may still act before a court: a power of attorney is revoked there, not by a consent."""
        if event.purpose is not ConsentPurpose.LEGAL_REPRESENTATION or event.recipient is not None:
            return False
        return any(state.is_represented and not state.is_over for state in self._after.proceedings.values())

    def _standing(self, event: Event) -> Consequence | None:
        """Where the person stands: what will be said of it, and the timers of a permit."""
        return self._told(event, standing.tell(event, self._titles))

    def _proceedings(self, event: Event) -> Consequence | None:
        """What will be said of legal proceedings, with the timers of a day that is set or moved."""
        return self._told(event, proceedings.tell(event, self._titles))

    def _approval(self, event: Event) -> Consequence | None:
        """What a second person is asked, or has to be asked anew."""
        found = self._told(event, approvals.tell(event, self._titles) or emergencies.tell(event, self._titles))
        return replace(found, mark=Mark.ENDS) if found and isinstance(event, ApprovalVoided) else found

    def _returning(self, event: Event) -> Consequence | None:
        """What will be said of a return or of reintegration; the ladder of what is owed first from then on."""
        told = returning.tell(event, self._titles) or reintegration.tell(event, self._titles)
        told = told or migrated.tell(event, self._titles)
        first = returning.first_timer(event)
        if told is None or first is None:
            return self._told(event, told)
        text, details = told
        return Consequence(Mark.DATED, capital(text), (*details, *self._ladder(first)))

    def _told(self, event: Event, told: tuple[str, tuple[str, ...]] | None) -> Consequence | None:
        if told is None:
            return None
        text, details = told
        deadline = getattr(event, "deadline", None)
        if isinstance(deadline, Deadline):
            return Consequence(Mark.DATED, capital(text), (*details, *self._ladder(deadline)))
        return Consequence(Mark.NOTED, capital(text), details)

    def ended(self) -> list[Consequence]:
        """Open steps that end because their stage or the journey is left."""
        before = self._before
        if before is None:
            return []
        gone = [
            step
            for key, step in before.steps.items()
            if step.status is StepStatus.OPEN and self._after.steps[key].status is StepStatus.ENDED
        ]
        t = self._words
        found = [
            Consequence(Mark.ENDS, t("what.step-ended", step=self._titles.step(step.step)), (t("what.reminders-stop"),))
            for step in gone
        ]
        if before.phase is Phase.OPEN and before.review is not None and self._after.review is None and not found:
            found.append(Consequence(Mark.ENDS, t("what.review-ends")))
        return found

    def _who(self, role: Role) -> str:
        """The person who would answer for it, or that nobody has the role."""
        t, found = self._words, owner(self._after, role)
        name = self._visit.name(found.staff)
        if name is None:
            return t("what.nobody-yet", role=t.label(role))
        if found.role is role:
            return f"{name} ({t.label(role)})"
        return t("what.stands-in", name=name, role=t.label(role))

    def _taken_over(self, role: Role) -> tuple[str, ...]:
        mine = [s for s in self._after.steps.values() if s.status is StepStatus.OPEN and s.role is role]
        return (self._words.count("what.open-steps-go-along", len(mine)),) if mine else ()

    def _ladder(self, deadline: Deadline) -> tuple[str, ...]:
        """Due day, reminders still ahead, who is told when it is late. With the article where a law says so."""
        t, now = self._words, self._visit.now
        day, distance = self._day(deadline.due_at), t.in_days(deadline.due_on, now)
        # Today and tomorrow are named by the day already.
        due = t("what.due-near", day=day) if day.startswith(distance) else t("what.due", day=day, distance=distance)
        if deadline.article:
            due = f"{due} ({deadline.article})"
        lines = [due]
        reminders = [r.at for r in deadline.rungs if r.effect is RungEffect.REMIND and r.at > now]
        if reminders:
            lines.append(t("what.reminders", days=", ".join(self._day(at) for at in reminders)))
        lines += [
            t("what.escalation", role=", ".join(t.label(role) for role in rung.to), day=self._day(rung.at))
            for rung in deadline.rungs
            if rung.effect is RungEffect.ESCALATE
        ]
        return tuple(lines)

    def _day(self, at: datetime) -> str:
        return self._words.near_moment(at, self._visit.now)
