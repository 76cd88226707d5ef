"""Where the invented people stand: what the state decides, the first talk, the permits."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import Role
from domain.journey.residence.codes import EndReason
from domain.journey.residence.commands import ApplyForExtension, EndResidence, GrantResidence
from domain.journey.screening.saving import SaveScreening
from domain.journey.status.events import RecordFormalStatus
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from worker.demo.tale import Tale


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


def permitted(tale: Tale, kind: str = "recovery", ground: str = "recovery") -> None:
    """A permit from today."""
    command = GrantResidence(permit_kind=kind, ground=ground, valid_from=tale.days.local(tale.now))
    tale.tell(command, Role.LAWYER)


def applied(tale: Tale) -> None:
    """The permit that follows was applied for today."""
    tale.tell(ApplyForExtension(applied_on=tale.days.local(tale.now)), Role.LAWYER)


def left_the_country(tale: Tale) -> None:
    """Nobody has to watch over the permit any longer."""
    tale.tell(EndResidence(reason=EndReason.LEFT_COUNTRY), Role.LAWYER)
