"""Terms of criminal proceedings: Criminal Procedure Code (ZKP), consolidated copy to Sl. glasnik RS 62/2021."""

from __future__ import annotations

from domain.law.codes import Direction, Duty, Proceedings, Reason, Severity, Trigger, Verification
from domain.law.model import Cap, TermReading, TermRule
from domain.law.spans import AT_ONCE, days, months
from domain.pathway.model import Title

_CRIMINAL = Proceedings.CRIMINAL
_ENDS = Severity.ENDS_A_RIGHT

CRIMINAL_RULES = (
    TermRule(
        rule="zkp-51-notice",
        proceedings=_CRIMINAL,
        article="ZKP 51 (1)",
        title=Title(sr="Обавештење оштећеног о одбачају или одустанку", en="Victim told of dismissal"),
        duty=Duty.PROSECUTOR,
        readings=(TermReading(within=days(8), runs_from=Trigger.DISMISSAL_DECIDED),),
    ),
    TermRule(
        rule="zkp-51-objection",
        proceedings=_CRIMINAL,
        article="ZKP 51 (2)",
        title=Title(sr="Приговор оштећеног вишем јавном тужиоцу", en="Victim objects to the dismissal"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(reason=Reason.TOLD, within=days(8), runs_from=Trigger.NOTICE_OF_DISMISSAL),
            TermReading(reason=Reason.NOT_TOLD, within=months(3), runs_from=Trigger.DISMISSAL_DECIDED),
        ),
    ),
    TermRule(
        rule="zkp-51-decision",
        proceedings=_CRIMINAL,
        article="ZKP 51 (3)",
        title=Title(sr="Одлука о приговору оштећеног", en="Decision on the victim's objection"),
        duty=Duty.PROSECUTOR,
        readings=(TermReading(within=days(15), runs_from=Trigger.OBJECTION_RECEIVED),),
    ),
    TermRule(
        rule="zkp-52-notice",
        proceedings=_CRIMINAL,
        article="ZKP 52 (1)",
        title=Title(sr="Обавештење одсутног оштећеног о одустанку", en="Absent victim told that charges were dropped"),
        duty=Duty.COURT,
        readings=(TermReading(within=days(8), runs_from=Trigger.CHARGES_WITHDRAWN),),
    ),
    TermRule(
        rule="zkp-52-takeover",
        proceedings=_CRIMINAL,
        article="ZKP 52 (2)",
        title=Title(sr="Изјава о преузимању гоњења", en="Victim takes over the prosecution"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(reason=Reason.AT_ONCE, within=AT_ONCE, runs_from=Trigger.ASKED_IN_COURT),
            TermReading(reason=Reason.WITHIN_EIGHT_DAYS, within=days(8), runs_from=Trigger.ASKED_IN_COURT),
            TermReading(reason=Reason.TOLD, within=days(8), runs_from=Trigger.NOTICE_OF_WITHDRAWAL),
            TermReading(reason=Reason.NOT_TOLD, within=months(3), runs_from=Trigger.CHARGES_WITHDRAWN),
        ),
    ),
    TermRule(
        rule="zkp-227-restoration",
        proceedings=_CRIMINAL,
        article="ZKP 227 (1)",
        title=Title(sr="Молба за повраћај у пређашње стање", en="Restoration to the former position"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(TermReading(within=days(8), runs_from=Trigger.OBSTACLE_ENDED),),
        cap=Cap(within=months(3), runs_from=Trigger.MISSED, article="ZKP 227 (4)"),
    ),
    TermRule(
        rule="zkp-254-property-claim",
        proceedings=_CRIMINAL,
        article="ZKP 254 (1)",
        title=Title(sr="Имовинскоправни захтев, до краја главног претреса", en="Property claim, until the trial ends"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        # The article names the end of the main hearing, which nobody knows beforehand: any day of it may be the last.
        readings=(TermReading(within=AT_ONCE, runs_from=Trigger.HEARING_DAY),),
        direction=Direction.BEFORE,
        verification=Verification.INFERRED,
    ),
    TermRule(
        rule="zkp-331-indictment",
        proceedings=_CRIMINAL,
        article="ZKP 331 (2)",
        title=Title(sr="Подизање оптужнице после истраге", en="Indictment after the investigation"),
        duty=Duty.PROSECUTOR,
        readings=(
            TermReading(within=days(15), runs_from=Trigger.INVESTIGATION_ENDED),
            TermReading(reason=Reason.EXTENDED, within=days(15 + 30), runs_from=Trigger.INVESTIGATION_ENDED),
        ),
    ),
    TermRule(
        rule="zkp-331-objection",
        proceedings=_CRIMINAL,
        article="ZKP 331 (3)",
        title=Title(sr="Приговор због неподигнуте оптужнице", en="Victim objects that no indictment came"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(reason=Reason.TOLD, within=days(8), runs_from=Trigger.INDICTMENT_TERM_EXPIRED),
            TermReading(reason=Reason.NOT_TOLD, within=months(3), runs_from=Trigger.INVESTIGATION_ENDED),
        ),
    ),
    TermRule(
        rule="zkp-336-reply",
        proceedings=_CRIMINAL,
        article="ZKP 336 (1)",
        title=Title(sr="Одговор на оптужницу", en="Reply to the indictment"),
        duty=Duty.OPPOSING_PARTY,
        readings=(TermReading(within=days(8), runs_from=Trigger.INDICTMENT_SERVED),),
    ),
    TermRule(
        rule="zkp-346-preparatory-hearing",
        proceedings=_CRIMINAL,
        article="ZKP 346 (1)",
        title=Title(sr="Одређивање припремног рочишта", en="Preparatory hearing set"),
        duty=Duty.COURT,
        readings=(
            TermReading(reason=Reason.DETAINED, within=days(30), runs_from=Trigger.INDICTMENT_RECEIVED),
            TermReading(reason=Reason.AT_LIBERTY, within=days(60), runs_from=Trigger.INDICTMENT_RECEIVED),
        ),
    ),
    TermRule(
        rule="zkp-353-trial",
        proceedings=_CRIMINAL,
        article="ZKP 353 (2)",
        title=Title(
            sr="Одређивање главног претреса без припремног рочишта", en="Trial set without preparatory hearing"
        ),
        duty=Duty.COURT,
        readings=(
            TermReading(reason=Reason.DETAINED, within=days(30), runs_from=Trigger.INDICTMENT_RECEIVED),
            TermReading(reason=Reason.AT_LIBERTY, within=days(60), runs_from=Trigger.INDICTMENT_RECEIVED),
        ),
    ),
    TermRule(
        rule="zkp-360-start-postponed",
        proceedings=_CRIMINAL,
        article="ZKP 360 (1)",
        title=Title(sr="Одлагање почетка главног претреса", en="Start of the trial postponed"),
        duty=Duty.COURT,
        readings=(TermReading(within=days(30), runs_from=Trigger.TRIAL_START_SET),),
    ),
    TermRule(
        rule="zkp-386-interruption",
        proceedings=_CRIMINAL,
        article="ZKP 386 (2)",
        title=Title(
            sr="Прекид главног претреса, затим правила о одлагању", en="Interruption, then the trial is postponed"
        ),
        duty=Duty.COURT,
        readings=(TermReading(within=days(15), runs_from=Trigger.TRIAL_INTERRUPTED),),
    ),
    TermRule(
        rule="zkp-425-announcement",
        proceedings=_CRIMINAL,
        article="ZKP 425 (2)",
        title=Title(sr="Објављивање пресуде", en="Judgment announced"),
        duty=Duty.COURT,
        readings=(
            TermReading(reason=Reason.SAME_DAY, within=AT_ONCE, runs_from=Trigger.TRIAL_ENDED, article="ZKP 425 (1)"),
            TermReading(reason=Reason.POSTPONED, within=days(3), runs_from=Trigger.TRIAL_ENDED),
            TermReading(reason=Reason.PARTICULARLY_COMPLEX, within=days(8), runs_from=Trigger.TRIAL_ENDED),
        ),
    ),
    TermRule(
        rule="zkp-427-written-judgment",
        proceedings=_CRIMINAL,
        article="ZKP 427 (1)",
        title=Title(sr="Писмена израда и достављање пресуде", en="Judgment written and served"),
        duty=Duty.COURT,
        readings=(
            TermReading(within=days(15), runs_from=Trigger.JUDGMENT_ANNOUNCED),
            TermReading(reason=Reason.SPECIAL_PROSECUTION, within=days(30), runs_from=Trigger.JUDGMENT_ANNOUNCED),
        ),
    ),
    TermRule(
        rule="zkp-432-appeal",
        proceedings=_CRIMINAL,
        article="ZKP 432 (1)",
        title=Title(sr="Жалба на пресуду", en="Appeal against the judgment"),
        duty=Duty.CLIENT,
        severity=_ENDS,
        readings=(
            TermReading(within=days(15), runs_from=Trigger.JUDGMENT_SERVED),
            TermReading(
                reason=Reason.EXTENDED,
                within=days(15 + 15),
                runs_from=Trigger.JUDGMENT_SERVED,
                article="ZKP 432 (3)",
            ),
        ),
    ),
)
