"""The invented contacts of the hotline: a few each month, one promised call that is overdue today, one danger in hand.

Each is told by itself, person and timers in turn, and joins the plan of the journeys by its instants.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.codes import SYSTEM_ACTOR, StreamName
from domain.command import Command
from domain.contact.calling import RecordCallBack
from domain.contact.codes import CallOutcome, CallUrgency, DangerOutcome, HotlineChannel, MayCall, NextStep
from domain.contact.danger import AcknowledgeDanger, SettleDanger
from domain.contact.kind import CONTACT
from domain.contact.logged import LogContact
from domain.contact.reporting import ReportToAuthority
from domain.contact.state import Contact, SafeContact, contact_stream
from domain.event import Event, Recorded
from domain.message import Channel, MessageSent
from domain.refusal import Refused
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Wake, wakes_of
from worker.demo.days import Days
from worker.demo.plan import Action, Delivered, Fired, Told
from worker.demo.staff import JASNA, NADA, SAVA, VERA, readers
from worker.demo.tale import NAMESPACE, Dice
from worker.demo.telling import StoryBroken

MONTHS, EACH = 18, 4
SAFE = SafeContact(may_call=MayCall.ALLOWED, channel=HotlineChannel.PHONE, window="daytime")
_WHO = ("prevention", "prevention", "direct-help", "relative", "client", "partner", "silent", "prank", "wrong-number")
_TOPICS = ("work-abroad", "safe-travel", "concern", "own-situation", "support", "legal", "documents", "accommodation")
_BRIEF = frozenset({"silent", "prank", "wrong-number"})


@dataclass(frozen=True, slots=True)
class Said:
    """A person's command at an instant."""

    at: datetime
    command: Command
    actor: UUID
    note: str | None = None


@dataclass
class Call:
    """One contact while it is being told."""

    name: str
    pinned: Pinned
    until: datetime
    state: Contact | None = field(init=False, default=None)
    actions: list[Action] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.id = uuid5(NAMESPACE, f"contact {self.name}")
        self.stream = contact_stream(self.id)

    def tell(self, said: Iterable[Said]) -> list[Action]:
        """What people said, and what the clock did in between. Raises `StoryBroken` for a refusal."""
        for number, each in enumerate(said, start=1):
            self._wait(each.at)
            command_id = uuid5(self.id, f"command {number}")
            if not self._decide(each.at, each.command, command_id, each.actor):
                raise StoryBroken(f"{self.name}: {each.command.kind} changes nothing")
            self._note(each.at, Told(each.command, command_id, each.actor, each.note))
        self._wait(self.until)
        return self.actions

    def _wait(self, moment: datetime) -> None:
        while (wake := self._wake()) is not None and wake.at <= moment:
            command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
            command_id = uuid5(SYSTEM_ACTOR, f"{self.stream}|{wake.key}|{wake.rung}|{wake.date_version}")
            events = self._decide(wake.at, command, command_id, SYSTEM_ACTOR)
            self._note(wake.at, Fired(wake))
            for event in events:
                if isinstance(event, RungsFired):
                    self._deliver(wake.at, event)

    def _wake(self) -> Wake | None:
        return None if self.state is None else next(iter(wakes_of(CONTACT.obligations(self.state))), None)

    def _deliver(self, at: datetime, fired: RungsFired) -> None:
        for addressee in fired.addressees:
            receipt = MessageSent(
                stream_kind=StreamName.CONTACT,
                stream_id=self.id,
                obligation=fired.obligation,
                date_version=fired.date_version,
                channel=Channel.EMAIL,
                recipients=tuple(readers(addressee)),
            )
            self._note(at, Delivered(addressee.message, receipt))

    def _decide(self, at: datetime, command: Command, command_id: UUID, actor: UUID) -> tuple[Event, ...]:
        decision = CONTACT.decide(self.state, command, self.pinned.pathway, at, stream=self.stream, actor=actor)
        if isinstance(decision, Refused):
            raise StoryBroken(f"{self.name} at {at}: {command!r} is refused: {decision!r}")
        for event in decision:
            version = self.state.version if self.state else 0
            self.state = CONTACT.fold([Recorded(self.stream, version + 1, 0, event, at, actor, command_id)], self.state)
        return decision

    def _note(self, at: datetime, what: Told | Fired | Delivered) -> None:
        assert self.state is not None
        self.actions.append(Action(at, self.stream, what, self.state.version, self._wake()))


def contacts(now: datetime, pinned: Pinned) -> Sequence[Action]:
    """Everything that happens at the hotline up to `now`, by time; nothing where the pathway has no hotline."""
    if pinned.pathway.hotline is None:
        return ()
    days, actions = Days(now), list[Action]()
    for name, said in {**_ordinary(days, pinned), **_today(days, pinned)}.items():
        if said[0].at < now:
            actions += Call(name, pinned, now).tell(each for each in said if each.at < now)
    return sorted(actions, key=lambda action: action.at)


def _ordinary(days: Days, pinned: Pinned) -> dict[str, list[Said]]:
    stories: dict[str, list[Said]] = {}
    for month in range(MONTHS):
        for number in range(EACH):
            name = f"{month}-{number}"
            dice = Dice(f"putokaz-demo|contact {name}")
            at = days.office(days.near(-30 * month - dice.randint(6, 29)), dice)
            stories[name] = _story(dice.choice(_WHO), at, days, pinned, dice)
    return stories


def _story(who: str, at: datetime, days: Days, pinned: Pinned, dice: Dice) -> list[Said]:
    if who in _BRIEF:
        return [Said(at, LogContact(pin=pinned.pin, caller=who), JASNA.id)]
    promised = who in {"direct-help", "relative"} and dice.random() < 0.6
    log = LogContact(
        pin=pinned.pin,
        caller=who,
        topics=(dice.choice(_TOPICS),),
        language=dice.choice(("sr", "sr", "sr", "en", "rom")),
        urgency=dice.choice((CallUrgency.ORDINARY, CallUrgency.ORDINARY, CallUrgency.URGENT)),
        next_step=NextStep.CALL_BACK if promised else NextStep.INFORMED,
        safe=SAFE if promised else SafeContact(),
        call_back=promised,
    )
    story = [Said(at, log, JASNA.id)]
    if promised:
        later = at + timedelta(hours=1) if log.urgency is CallUrgency.URGENT else _next_morning(at, days)
        story.append(Said(later, RecordCallBack(outcome=CallOutcome.MADE), JASNA.id))
    return story


def _next_morning(at: datetime, days: Days) -> datetime:
    day = days.local(at) + timedelta(days=1)
    while days.near((day - days.today).days) != day:
        day += timedelta(days=1)
    return days.at(day, time(10, 20))


def _today(days: Days, pinned: Pinned) -> dict[str, list[Said]]:
    """What is open now, and a danger that is over."""
    overdue = LogContact(
        pin=pinned.pin, caller="relative", topics=("concern",), next_step=NextStep.CALL_BACK, safe=SAFE, call_back=True
    )
    promised = LogContact(
        pin=pinned.pin, caller="client", next_step=NextStep.CALL_BACK, safe=SAFE, call_back=True, called_by=SAVA
    )
    late = days.working(-30)
    danger = LogContact(pin=pinned.pin, caller="direct-help", topics=("own-situation",), danger="held")
    past = days.at(days.working(-40), time(21, 5))
    fresh = days.now - timedelta(minutes=50)
    return {
        "promise-overdue": [Said(days.at(days.working(-3), time(11, 40)), overdue, JASNA.id)],
        "promised-by-sava": [Said(fresh - timedelta(minutes=5), promised, SAVA)],
        "called-back-late": [
            Said(days.at(late, time(11, 40)), overdue, JASNA.id),
            Said(days.at(days.working(-24), time(10, 15)), RecordCallBack(outcome=CallOutcome.MADE), JASNA.id),
        ],
        "danger-in-hand": [
            Said(fresh, danger, JASNA.id),
            Said(fresh + timedelta(minutes=4), AcknowledgeDanger(by=NADA.id), NADA.id),
        ],
        "danger-over": [
            Said(past, danger, JASNA.id),
            Said(past + timedelta(minutes=7), AcknowledgeDanger(by=VERA.id), VERA.id),
            Said(past + timedelta(minutes=25), ReportToAuthority(duty="offence"), VERA.id),
            Said(past + timedelta(hours=2), SettleDanger(outcome=DangerOutcome.AUTHORITIES_ACT), VERA.id),
        ],
    }
