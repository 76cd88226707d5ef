"""Part: the review, which keeps an open journey alive.

An open journey always has an obligation with an owner and a live timer. Where the fold yields none, the engine adds a
review; it never refuses a decision for that (design §2).
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ObligationKind, Phase, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, review_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, obligations, owes, owner
from domain.journey.state import Journey, ReviewState
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count

REVIEW = "review"
FAR = frozenset({ObligationKind.CONSENT_RENEWAL, ObligationKind.OWN_CONSENT})
"""What may lie years ahead: the coming of age of a child of nine must not hide for nine years that nobody comes."""


class ReviewScheduled(Event, topic="journey.review-scheduled"):
    """Somebody is to look at this journey by then, because nothing else would bring it up."""

    role: Role
    deadline: Deadline


class ReviewHeld(Event, topic="journey.review-held"):
    """Somebody looked, and the journey goes on."""

    note: Sealed[Notes] | None = None


class HoldReview(Command, kind="hold-review"):
    """Records that the review was held. `seen` is its version on the form."""

    seen: Count | None = None
    note: Sealed[Notes] | None = None


def keep_alive(journey: Journey, surroundings: Surroundings) -> tuple[Event, ...]:
    """A review for an open journey without a live timer that somebody works towards; otherwise nothing."""
    if journey.phase is not Phase.OPEN or any(o.ahead for o in obligations(journey) if o.kind not in FAR):
        return ()
    deadline = review_deadline(surroundings.pathway, now=surroundings.now)
    return (ReviewScheduled(role=surroundings.pathway.review.role, deadline=deadline),)


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    review = journey.review
    return journey if review is None else replace(journey, review=replace(review, clockwork=turn(review.clockwork)))


def _wanted(journey: Journey, key: str, date_version: int) -> bool:
    """A review that nobody held is followed by the next; what the first had to say, its last call above all, stands."""
    review = journey.review
    return key == REVIEW and review is not None and review.unheld_since <= date_version <= review.clockwork.date_version


@owes(ObligationKind.REVIEW, winding=_wind, wanted=_wanted)
def _owed(journey: Journey) -> Iterator[Obligation]:
    if (review := journey.review) is not None:
        yield Obligation(
            REVIEW,
            ObligationKind.REVIEW,
            review.clockwork.deadline.due_at,
            owner(journey, review.role),
            review.clockwork,
            version=review.version,
        )


@decides(HoldReview)
def _hold(journey: Journey, command: HoldReview, _: Surroundings) -> Decision:
    review = journey.review
    if review is None:
        return Refused(code=RefusalCode.STEP_NOT_OPEN, part=REVIEW)
    if command.seen is not None and command.seen != review.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=REVIEW, part_version=review.version)
    return (ReviewHeld(note=command.note),)


@evolves(ReviewScheduled)
def _scheduled(journey: Journey, recorded: Recorded[ReviewScheduled]) -> Journey:
    number = journey.reviews + 1
    review = ReviewState(
        role=recorded.event.role,
        scheduled_at=recorded.recorded_at,
        version=recorded.version,
        clockwork=Clockwork(recorded.event.deadline, date_version=number),
        unheld_since=journey.review.unheld_since if journey.review else number,
    )
    return replace(journey, review=review, reviews=number)


@evolves(ReviewHeld)
def _held(journey: Journey, recorded: Recorded[ReviewHeld]) -> Journey:
    return replace(journey, review=None)
