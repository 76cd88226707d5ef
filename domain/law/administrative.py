"""Terms towards authorities: General Administrative Procedure Act (ZUP), Administrative Disputes Act (ZUS)."""

from __future__ import annotations

from domain.law.codes import Duty, Proceedings, Reason, Severity, Trigger
from domain.law.model import TermReading, TermRule
from domain.law.spans import days, years
from domain.pathway.model import Title

_ADMINISTRATIVE = Proceedings.ADMINISTRATIVE
_ENDS = Severity.ENDS_A_RIGHT

ADMINISTRATIVE_RULES = (
    TermRule(
        rule="zup-145-decision",
        proceedings=_ADMINISTRATIVE,
        article="ZUP 145 (2)",
        title=Title(sr="Издавање решења", en="Decision issued"),
        duty=Duty.AUTHORITY,
        readings=(
            TermReading(reason=Reason.DIRECT_DECISION, within=days(30), runs_from=Trigger.REQUEST_FILED),
            TermReading(
                reason=Reason.EXAMINATION, within=days(60), runs_from=Trigger.REQUEST_FILED, article="ZUP 145 (3)"
            ),
        ),
    ),
    TermRule(
        rule="zup-153-appeal",
        proceedings=_ADMINISTRATIVE,
        article="ZUP 153 (1)",
        title=Title(sr="Жалба на решење", en="Appeal against a decision"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(15), runs_from=Trigger.DECISION_SERVED),),
    ),
    TermRule(
        rule="zup-153-silence",
        proceedings=_ADMINISTRATIVE,
        article="ZUP 153 (2)",
        title=Title(sr="Жалба због ћутања управе", en="Appeal because the authority stays silent"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=years(1), runs_from=Trigger.DECISION_TERM_EXPIRED),),
    ),
    TermRule(
        rule="zup-174-appeal-decided",
        proceedings=_ADMINISTRATIVE,
        article="ZUP 174",
        title=Title(sr="Одлука о жалби", en="Decision on the appeal"),
        duty=Duty.AUTHORITY,
        readings=(TermReading(within=days(60), runs_from=Trigger.APPEAL_FILED),),
    ),
    TermRule(
        rule="zus-18-claim",
        proceedings=_ADMINISTRATIVE,
        article="ZUS 18 (1)",
        title=Title(sr="Тужба у управном спору", en="Claim in an administrative dispute"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(30), runs_from=Trigger.DECISION_SERVED),),
    ),
    TermRule(
        rule="zus-19-silence",
        proceedings=_ADMINISTRATIVE,
        article="ZUS 19 (1)",
        title=Title(
            sr="Одлука по накнадном захтеву, затим тужба због ћутања", en="Answer to the second request, then a claim"
        ),
        duty=Duty.AUTHORITY,
        readings=(TermReading(within=days(7), runs_from=Trigger.REMINDER_FILED),),
    ),
    TermRule(
        rule="zs-45-appeal",
        proceedings=_ADMINISTRATIVE,
        article="ZS 45 (2)",
        title=Title(sr="Жалба на одбијање привременог боравка", en="Appeal against a refused residence"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(15), runs_from=Trigger.DECISION_SERVED),),
    ),
)
