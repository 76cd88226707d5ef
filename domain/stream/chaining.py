"""The ladder of a chain of people (`domain.pathway.chain`): in minutes, until somebody answers."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import calendar_of, local_date
from domain.codes import RungEffect
from domain.deadline import Deadline, Rung
from domain.pathway.chain import Chain
from domain.pathway.model import Pathway


def chain_deadline(chain: Chain, pathway: Pathway, *, now: datetime, due_at: datetime | None = None) -> Deadline:
    """The ladder of a chain: the first is called at `due_at` (now, by default), each other one pause later.

    With the second call it counts as stalled: nobody has answered.
    """
    first = due_at or now
    rungs = [
        Rung(
            rung=f"call-{number}",
            at=first + (number - 1) * chain.pause,
            effect=RungEffect.DUE if number == 1 else RungEffect.ESCALATE,
            to=(role,),
        )
        for number, role in enumerate(chain.call, start=1)
    ]
    rungs.append(Rung(rung="stall", at=first + chain.pause, effect=RungEffect.STALL))
    return Deadline(
        due_at=first,
        due_on=local_date(first, pathway.zone),
        zone=pathway.zone,
        calendar=calendar_of(pathway.calendar).version,
        rungs=tuple(sorted(rungs, key=lambda rung: rung.at)),
    )
