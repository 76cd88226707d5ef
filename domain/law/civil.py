"""Terms of civil proceedings: Civil Procedure Act (ZPP), and where the Obligations Act (ZOO) sets one for a claim."""

from __future__ import annotations

from domain.law.codes import Direction, Duty, Proceedings, Reason, Severity, Trigger, Verification, Weight
from domain.law.model import Cap, Share, TermReading, TermRule
from domain.law.spans import days, months
from domain.pathway.model import Span, Title, Unit

_CIVIL = Proceedings.CIVIL
_ENDS = Severity.ENDS_A_RIGHT

CIVIL_RULES = (
    TermRule(
        rule="zpp-108-postponement",
        proceedings=_CIVIL,
        article="ZPP 108 (2)",
        title=Title(
            sr="Нови временски оквир после одлагања, највише трећина првобитног",
            en="New time frame after a postponement, at most a third of the original",
        ),
        duty=Duty.COURT,
        readings=(TermReading(within=Share(parts=3), runs_from=Trigger.HEARING_POSTPONED),),
        # The article limits the frame; that it runs from the postponed hearing is our reading.
        verification=Verification.INFERRED,
    ),
    TermRule(
        rule="zpp-110-restoration",
        proceedings=_CIVIL,
        article="ZPP 110 (2)",
        title=Title(sr="Предлог за враћање у пређашње стање", en="Restoration to the former position"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(within=days(8), runs_from=Trigger.OBSTACLE_ENDED),
            TermReading(reason=Reason.LEARNED_LATER, within=days(8), runs_from=Trigger.LEARNED_OF_MISSING),
        ),
        cap=Cap(within=days(60), runs_from=Trigger.MISSED, article="ZPP 110 (3)"),
    ),
    TermRule(
        rule="zpp-269-expert-opinion",
        proceedings=_CIVIL,
        article="ZPP 269 (2)",
        title=Title(sr="Налаз и мишљење вештака", en="Expert opinion"),
        duty=Duty.EXPERT,
        readings=(TermReading(within=days(60), runs_from=Trigger.EXPERT_ORDERED),),
        # "Not longer than 60 days": the article does not say from when.
        verification=Verification.UNVERIFIED,
    ),
    TermRule(
        rule="zpp-296-claim-served",
        proceedings=_CIVIL,
        article="ZPP 296",
        title=Title(sr="Достављање тужбе на одговор", en="Claim served for a reply"),
        duty=Duty.COURT,
        readings=(TermReading(within=days(15), runs_from=Trigger.CLAIM_FILED),),
    ),
    TermRule(
        rule="zpp-297-reply",
        proceedings=_CIVIL,
        article="ZPP 297 (1)",
        title=Title(sr="Одговор на тужбу", en="Defence reply"),
        duty=Duty.OPPOSING_PARTY,
        readings=(
            TermReading(within=days(30), runs_from=Trigger.CLAIM_SERVED),
            TermReading(
                reason=Reason.RIVAL_SHORTER_TERM,
                within=days(15),
                runs_from=Trigger.CLAIM_SERVED,
                weight=Weight.REJECTED,
            ),
        ),
    ),
    TermRule(
        rule="zpp-301-preparatory-hearing",
        proceedings=_CIVIL,
        article="ZPP 301 (1)",
        title=Title(sr="Одржавање припремног рочишта", en="Preparatory hearing held"),
        duty=Duty.COURT,
        readings=(
            TermReading(within=days(30), runs_from=Trigger.REPLY_RECEIVED),
            TermReading(
                reason=Reason.NO_REPLY, within=days(30), runs_from=Trigger.REPLY_TERM_EXPIRED, article="ZPP 301 (2)"
            ),
        ),
    ),
    TermRule(
        rule="zpp-303-summons",
        proceedings=_CIVIL,
        article="ZPP 303 (3)",
        title=Title(sr="Достављање позива за припремно рочиште", en="Summons to the preparatory hearing served"),
        duty=Duty.COURT,
        readings=(
            TermReading(within=days(8), runs_from=Trigger.HEARING_DAY),
            TermReading(reason=Reason.CLEAR_DAYS, within=days(9), runs_from=Trigger.HEARING_DAY),
        ),
        direction=Direction.BEFORE,
    ),
    TermRule(
        rule="zpp-309-main-hearing",
        proceedings=_CIVIL,
        article="ZPP 309 (1)",
        title=Title(sr="Заказивање рочишта за главну расправу", en="Main hearing set"),
        duty=Duty.COURT,
        readings=(
            TermReading(within=days(30), runs_from=Trigger.PREPARATORY_HEARING_HELD),
            TermReading(reason=Reason.NO_PREPARATORY_HEARING, within=days(30), runs_from=Trigger.REPLY_RECEIVED),
            TermReading(reason=Reason.NO_REPLY, within=days(30), runs_from=Trigger.REPLY_TERM_EXPIRED),
        ),
    ),
    TermRule(
        rule="zpp-367-appeal",
        proceedings=_CIVIL,
        article="ZPP 367 (1)",
        title=Title(sr="Жалба на пресуду", en="Appeal against the judgment"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(within=days(15), runs_from=Trigger.JUDGMENT_SERVED),
            TermReading(
                reason=Reason.RIVAL_WORKING_DAYS,
                within=Span(count=15, unit=Unit.WORKING_DAYS),
                runs_from=Trigger.JUDGMENT_SERVED,
                weight=Weight.REJECTED,
            ),
        ),
    ),
    TermRule(
        rule="zpp-403-revision",
        proceedings=_CIVIL,
        article="ZPP 403 (1)",
        title=Title(sr="Ревизија", en="Revision"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(30), runs_from=Trigger.JUDGMENT_SERVED),),
    ),
    TermRule(
        rule="zoo-390-claim-again",
        proceedings=_CIVIL,
        article="ZOO 390 (1)",
        title=Title(
            sr="Тужба после одбачаја или упућивања на парницу", en="Claim filed again after dismissal or referral"
        ),
        duty=Duty.CLIENT,
        severity=_ENDS,
        # (2) speaks of a debtor who was referred to civil proceedings; that it keeps the interruption for a property
        # claim which the criminal court referred is our reading, and the prudent one.
        readings=(TermReading(within=months(3), runs_from=Trigger.JUDGMENT_FINAL),),
        verification=Verification.INFERRED,
    ),
)
