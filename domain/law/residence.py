"""Residence of foreign victims: Law on Foreigners (ZS), consolidated copy to Sl. glasnik RS 62/2023.

These are validities, not terms to act in: they end on their day and roll nowhere. Whether the day of the grant is the
first day is not said, so both are counted. The date printed on the permit decides; ours is for the alarm until then.
"""

from __future__ import annotations

from domain.law.codes import Direction, Duty, Proceedings, Reason, Severity, Trigger, Verification
from domain.law.model import TermReading, TermRule
from domain.law.spans import AT_ONCE, days, months, years
from domain.pathway.model import Title

_RESIDENCE = Proceedings.RESIDENCE
_ENDS = Severity.ENDS_A_RIGHT

RESIDENCE_RULES = (
    TermRule(
        rule="zs-41-extension",
        proceedings=_RESIDENCE,
        article="ZS 41 (6)",
        title=Title(sr="Захтев за продужење боравка, до истека", en="Extension asked for before the residence expires"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=AT_ONCE, runs_from=Trigger.RESIDENCE_EXPIRES),),
        direction=Direction.BEFORE,
    ),
    TermRule(
        rule="zs-61-humanitarian",
        proceedings=_RESIDENCE,
        article="ZS 61 (3)",
        title=Title(sr="Боравак из хуманитарних разлога", en="Humanitarian residence"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(reason=Reason.SHORTEST_GRANT, within=months(6), runs_from=Trigger.RESIDENCE_GRANTED),
            TermReading(reason=Reason.LONGEST_GRANT, within=years(1), runs_from=Trigger.RESIDENCE_GRANTED),
        ),
        verification=Verification.INFERRED,
    ),
    TermRule(
        rule="zs-62-presumed-victim",
        proceedings=_RESIDENCE,
        article="ZS 62 (3)",
        title=Title(sr="Боравак претпостављене жртве", en="Residence of a presumed victim"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(90), runs_from=Trigger.RESIDENCE_GRANTED),),
        verification=Verification.INFERRED,
    ),
    TermRule(
        rule="zs-63-victim",
        proceedings=_RESIDENCE,
        article="ZS 63 (4)",
        title=Title(sr="Боравак жртве трговине људима", en="Residence of an identified victim"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=years(1), runs_from=Trigger.RESIDENCE_GRANTED),),
        verification=Verification.INFERRED,
    ),
)
