"""Where the invented people stand: what the state decides, the first talk, the permits."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ClosingReason, Role
from domain.journey.residence.codes import ApplicationOutcome, EndReason
from domain.journey.residence.commands import (
    ApplyForExtension,
    CorrectResidence,
    EndResidence,
    ExtendResidence,
    GrantResidence,
    RevokeResidence,
    SettleApplication,
)
from domain.journey.screening.saving import SaveScreening
from domain.journey.status.events import CorrectFormalStatus, RecordFormalStatus
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from worker.demo.habits import assign
from worker.demo.stories.turns import begin, close, until
from worker.demo.tale import Story, Tale


def decided(tale: Tale, status: FormalStatus, days_ago: int = 0, note: str | None = None) -> None:
    """The Centre decided so many days ago; we learn it today."""
    today = tale.days.local(tale.now)
    command = RecordFormalStatus(
        status=status, decider="centre", decided_on=today - timedelta(days=days_ago), learned_on=today
    )
    tale.tell(command, note=note)


def first_talk(tale: Tale, days_here: int) -> None:
    """Somebody from another country, whose papers others keep."""
    answers = [
        Answer(question="speaks-freely", answer="yes"),
        Answer(question="under-18", answer="no"),
        Answer(question="from-abroad", answer="yes"),
        Answer(question="days-here", days=days_here),
        Answer(question="wishes-to-return", answer="unknown"),
        Answer(question="documents-kept", answer="yes"),
        Answer(question="works", answer="no"),
        Answer(question="may-leave", answer="unknown"),
        Answer(question="owes", answer="no"),
        Answer(question="control", answer="withholds-documents"),
    ]
    tale.tell(SaveScreening(form="first-talk", answers=tuple(answers)))


def permitted(tale: Tale, kind: str = "recovery", ground: str = "recovery", days: int | None = None) -> None:
    """A permit from today, of the usual length where the paper names no other."""
    today = tale.days.local(tale.now)
    until_day = today + timedelta(days=days) if days else None
    tale.tell(GrantResidence(permit_kind=kind, ground=ground, valid_from=today, valid_until=until_day), Role.LAWYER)


def applied(tale: Tale) -> None:
    """The permit that follows was applied for today."""
    tale.tell(ApplyForExtension(applied_on=tale.days.local(tale.now)), Role.LAWYER)


def left_the_country(tale: Tale) -> None:
    """Nobody has to watch over the permit any longer."""
    tale.tell(EndResidence(reason=EndReason.LEFT_COUNTRY), Role.LAWYER)


def corrected(tale: Tale) -> None:
    """The last decision was made a day earlier than we wrote."""
    last = tale.here.formal_status.decisions[-1]
    earlier = CorrectFormalStatus(
        corrects=last.version, status=last.status, decided_on=last.decided_on - timedelta(days=1)
    )
    tale.tell(earlier)


def in_detention(tale: Tale, opened: int, closed: int) -> Story:
    """A permit entered in the wrong file and taken back; the right one revoked, and the journey ended with it."""
    yield from begin(tale, opened)
    yield from until(tale, opened + 20)
    assign(tale, Role.LAWYER)
    permitted(tale, "humanitarian", "other-humanitarian")
    yield from until(tale, opened + 30)
    permitted(tale, "protection", "centre-opinion")
    tale.tell(CorrectResidence(corrects=tale.here.permits[2].version), Role.LAWYER, "Uneto u pogrešan predmet.")
    yield from until(tale, closed - 20)
    tale.tell(RevokeResidence(ground="public-security"), Role.LAWYER)
    yield tale.now + timedelta(minutes=50)
    tale.tell(EndResidence(reason=EndReason.OTHER), Role.LAWYER)
    yield from close(tale, closed, ClosingReason.IN_DETENTION)


def wrong_paper(tale: Tale) -> None:
    """What was applied for was the wrong paper, and is taken back."""
    applied(tale)
    tale.tell(SettleApplication(outcome=ApplicationOutcome.WITHDRAWN), Role.LAWYER)


def extended_by_a_year(tale: Tale) -> None:
    """What was applied for was granted."""
    tale.tell(ExtendResidence(), Role.LAWYER)
