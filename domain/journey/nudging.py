"""Part: nudges. From the stalled board somebody reminds whoever can move a thing on, at most once a working day.

Only staff are ever told: whatever waits on a client, a court or a partner reminds the one of us who is to ask there. A
client is reached by the caseworker, who first looks at what was agreed (`domain/journey/safety/rules.py`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid5

from pydantic import AwareDatetime

from domain.calendar import at_local, calendar_of, local_date
from domain.codes import Mover, ObligationKind, Role, RungEffect
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import obligations, owner
from domain.journey.stalling import WHOSE_MOVE
from domain.journey.state import Journey, Nudge
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.stream.firing import Addressee, RungsFired
from domain.stream.obligation import Obligation, Owner
from domain.values import Count, ObligationKey, StaffId


class Nudged(Event, topic="journey.nudged"):
    """A person reminded `role`, and in it `staff`, of what stands still; `mover` is whose move it was.

    Not again before `again_at`. The letter is asked for by the `RungsFired` recorded with it.
    """

    obligation: ObligationKey
    kind: ObligationKind
    mover: Mover
    role: Role
    staff: StaffId | None = None
    again_at: AwareDatetime

    @property
    def part(self) -> str:
        """What stands still."""
        return self.obligation


class NudgeStalled(Command, kind="nudge"):
    """Reminds whoever can move on what stands still. `seen` is the version of that part."""

    obligation: ObligationKey
    seen: Count | None = None


def told_of(journey: Journey, obligation: Obligation, mover: Mover) -> Owner:
    """Who is reminded: whose it is; where it is the client's move the caseworker, who knows how to reach them."""
    return owner(journey, Role.CASEWORKER) if mover is Mover.CLIENT else obligation.owner


@decides(NudgeStalled)
def _nudge(journey: Journey, command: NudgeStalled, surroundings: Surroundings) -> Decision:
    owed = next((each for each in obligations(journey) if each.key == command.obligation), None)
    if owed is None or owed.stall is None:
        return Refused(code=RefusalCode.NOT_STALLED, part=command.obligation)
    if command.seen is not None and command.seen != owed.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=owed.key, part_version=owed.version)
    now, last = surroundings.now, journey.nudges.get(owed.key)
    if last is not None and now < last.again_at:
        return Refused(code=RefusalCode.ALREADY_NUDGED, part=owed.key, until=last.again_at)
    mover = WHOSE_MOVE[owed.stall.cause]
    told = told_of(journey, owed, mover)
    nudged = Nudged(
        obligation=owed.key,
        kind=owed.kind,
        mover=mover,
        role=told.role,
        staff=told.staff,
        again_at=_next_office_day(now, surroundings.pathway),
    )
    return (nudged, _letter(journey, owed, told))


def _letter(journey: Journey, owed: Obligation, told: Owner) -> RungsFired:
    """A rung that no ladder has: so the letter goes the way of all others, and falls away with its date."""
    rung, date_version = f"nudge-{journey.version + 1}", owed.clockwork.date_version
    name = f"{owed.key}|{date_version}|{rung}|{told.staff or told.role.value}"
    return RungsFired(
        obligation=owed.key,
        kind=owed.kind,
        date_version=date_version,
        rungs=(rung,),
        effects=(RungEffect.REMIND,),
        due_at=owed.due_at,
        zone=owed.clockwork.deadline.zone,
        late=False,
        addressees=(Addressee(message=uuid5(journey.id, name), role=told.role, staff=told.staff),),
    )


def _next_office_day(now: datetime, pathway: Pathway) -> datetime:
    """The morning of the next working day: whoever was reminded has had one to move it on."""
    day = calendar_of(pathway.calendar).add_working_days(local_date(now, pathway.zone), 1)
    return at_local(day, pathway.day.starts, pathway.zone)


@evolves(Nudged)
def _nudged(journey: Journey, recorded: Recorded[Nudged]) -> Journey:
    event = recorded.event
    nudge = Nudge(recorded.recorded_at, recorded.actor, event.role, event.staff, event.again_at)
    # The part keeps its version: a reminder decides nothing, and what somebody is typing about it stays good.
    return replace(journey, nudges={**journey.nudges, event.obligation: nudge})
