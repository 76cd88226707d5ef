"""Words for what a page has to ask (triggers) and to explain (reasons). Serbian Cyrillic and English.

They name articles, which only this package may; the Serbian awaits a native lawyer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.law.codes import Reason, Trigger
from domain.pathway.model import Title


def _words(pairs: dict[Trigger, tuple[str, str]]) -> Mapping[Trigger, Title]:
    return MappingProxyType({code: Title(sr=sr, en=en) for code, (sr, en) in pairs.items()})


def _reasons(pairs: dict[Reason, tuple[str, str]]) -> Mapping[Reason, Title]:
    return MappingProxyType({code: Title(sr=sr, en=en) for code, (sr, en) in pairs.items()})


TRIGGERS = _words(
    {
        Trigger.NOTICE_OF_DISMISSAL: ("пријем обавештења о одбачају", "notice of the dismissal received"),
        Trigger.DISMISSAL_DECIDED: ("одлука тужиоца о одбачају", "the prosecutor's decision to dismiss"),
        Trigger.OBJECTION_RECEIVED: ("пријем приговора", "the objection received"),
        Trigger.ASKED_IN_COURT: ("питање суда присутном оштећеном", "the court asked the victim, who was present"),
        Trigger.NOTICE_OF_WITHDRAWAL: ("пријем обавештења о одустанку", "notice of the withdrawal received"),
        Trigger.CHARGES_WITHDRAWN: ("одустанак тужиоца од оптужбе", "the prosecutor withdrew the charges"),
        Trigger.INVESTIGATION_ENDED: ("завршетак истраге", "the end of the investigation"),
        Trigger.INDICTMENT_TERM_EXPIRED: ("истек рока за оптужницу", "the end of the term for an indictment"),
        Trigger.INDICTMENT_SERVED: ("достављање оптужнице", "the indictment served"),
        Trigger.INDICTMENT_RECEIVED: ("пријем потврђене оптужнице у суд", "the confirmed indictment reached the court"),
        Trigger.TRIAL_START_SET: ("заказани почетак претреса", "the day for which the trial was set"),
        Trigger.TRIAL_INTERRUPTED: ("прекид главног претреса", "the trial interrupted"),
        Trigger.TRIAL_ENDED: ("завршетак главног претреса", "the end of the trial"),
        Trigger.JUDGMENT_ANNOUNCED: ("објављивање пресуде", "the judgment announced"),
        Trigger.JUDGMENT_SERVED: ("достављање пресуде", "the judgment served"),
        Trigger.JUDGMENT_FINAL: ("правноснажност одлуке", "the decision final"),
        Trigger.OBSTACLE_ENDED: ("престанак сметње", "the end of the obstacle"),
        Trigger.LEARNED_OF_MISSING: ("сазнање за пропуштање", "learning of what was missed"),
        Trigger.MISSED: ("пропуштање", "the day that was missed"),
        Trigger.CLAIM_FILED: ("пријем тужбе у суд", "the claim received by the court"),
        Trigger.CLAIM_SERVED: ("достављање тужбе туженом", "the claim served on the defendant"),
        Trigger.REPLY_RECEIVED: ("достављање одговора тужиоцу", "the reply served on the claimant"),
        Trigger.REPLY_TERM_EXPIRED: ("истек рока за одговор", "the end of the term for a reply"),
        Trigger.PREPARATORY_HEARING_HELD: ("одржано припремно рочиште", "the preparatory hearing held"),
        Trigger.HEARING_DAY: ("дан рочишта", "the day of the hearing"),
        Trigger.HEARING_POSTPONED: ("одлагање рочишта", "the hearing postponed"),
        Trigger.EXPERT_ORDERED: ("одређивање вештачења", "the expert opinion ordered"),
        Trigger.REQUEST_FILED: ("подношење захтева", "the request filed"),
        Trigger.DECISION_SERVED: ("достављање решења", "the decision served"),
        Trigger.DECISION_TERM_EXPIRED: ("истек рока за решење", "the end of the term for a decision"),
        Trigger.APPEAL_FILED: ("подношење жалбе", "the appeal filed"),
        Trigger.REMINDER_FILED: ("накнадни захтев", "the second request filed"),
        Trigger.RESIDENCE_GRANTED: ("одобрење боравка", "the residence granted"),
        Trigger.RESIDENCE_EXPIRES: ("истек боравка", "the end of the residence"),
        Trigger.CRIME_COMMITTED: ("извршење дела или наступање последице", "the crime, or its later consequence"),
        Trigger.DAMAGE_KNOWN: ("сазнање за штету и учиниоца", "knowledge of the damage and of who did it"),
        Trigger.DAMAGE_SUFFERED: ("настанак штете", "the damage"),
    }
)

REASONS = _reasons(
    {
        Reason.TEXT: ("по тексту члана", "as the article says"),
        Reason.TOLD: ("ако је обавештена", "where the victim was told"),
        Reason.NOT_TOLD: ("ако није обавештена", "where the victim was not told"),
        Reason.AT_ONCE: ("одмах, на самом рочишту", "at once, at the hearing itself"),
        Reason.WITHIN_EIGHT_DAYS: ("у року од осам дана", "within eight days"),
        Reason.EXTENDED: ("ако је рок продужен", "where the term was extended"),
        Reason.PARTICULARLY_COMPLEX: ("у нарочито сложеном предмету", "in a particularly complex case"),
        Reason.SPECIAL_PROSECUTION: ("ако поступа тужилаштво посебне надлежности", "where a special prosecution acts"),
        Reason.DETAINED: ("ако је окривљени у притвору", "where the accused is detained"),
        Reason.AT_LIBERTY: ("ако је окривљени на слободи", "where the accused is at liberty"),
        Reason.SAME_DAY: ("истог дана", "on the same day"),
        Reason.POSTPONED: ("ако је објављивање одложено", "where the announcement was postponed"),
        Reason.LEARNED_LATER: ("ако је касније сазнала за пропуштање", "where the party learned of it later"),
        Reason.NO_REPLY: ("ако нема одговора на тужбу", "where no reply came"),
        Reason.NO_PREPARATORY_HEARING: ("без припремног рочишта", "without a preparatory hearing"),
        Reason.DIRECT_DECISION: ("непосредно одлучивање", "decided directly"),
        Reason.EXAMINATION: ("са испитним поступком", "decided after an examination"),
        Reason.SHORTEST_GRANT: ("најкраће одобрење", "the shortest grant"),
        Reason.LONGEST_GRANT: ("најдуже одобрење", "the longest grant"),
        Reason.CLEAR_DAYS: ("пуни дани, без оба крајња", "full days, both ends left out"),
        Reason.RIVAL_WORKING_DAYS: (
            "други програм рачуна радне дане, супротно ZPP 103",
            "another system counts working days, against ZPP 103",
        ),
        Reason.RIVAL_SHORTER_TERM: (
            "други програм има краћи рок него члан",
            "another system has a shorter term than the article",
        ),
        Reason.NUMBER_OF_EVENT_DAY: ("месеци по броју дана догађаја", "months by the number of the event's day"),
        Reason.NUMBER_OF_FIRST_DAY: (
            "месеци по броју првог дана рока (ZKP 224)",
            "months by the number of the first counted day (ZKP 224)",
        ),
        Reason.FIRST_DAY_COUNTS: ("први дан се рачуна", "the first day counts"),
        Reason.FIRST_DAY_EXCLUDED: ("први дан се не рачуна", "the first day is left out"),
        Reason.SATURDAY_WORKS: ("субота није наведена као нерадни дан", "Saturday is not named as a free day"),
        Reason.SATURDAY_FREE: ("суботом се не ради", "nobody works on a Saturday"),
        Reason.SUSPENDED: ("рок је био у застоју", "the clock stood still"),
        Reason.CAPPED: ("крајњи рок", "never later than this"),
        Reason.ORDINARY_DAMAGES: ("обичан рок за накнаду штете", "the ordinary term for damages"),
        Reason.DAMAGE_BY_CRIME: ("дужи рок јер је штета од кривичног дела", "longer, as the damage is by a crime"),
        Reason.KNOWLEDGE_NOT_SHOWN: (
            "није унето сазнање, рачуна се од штете",
            "no day of knowledge: counted from the damage",
        ),
        Reason.INTERRUPTION_PENDING: (
            "поступак траје, рачуна се као да прекида нема",
            "a claim is pending: counted as if it failed",
        ),
        Reason.INTERRUPTION_TOO_LATE: ("прекид после истека", "an interruption came too late"),
        Reason.ABSOLUTE_STANDS: ("апсолутни рок тече даље", "the absolute term stands"),
        Reason.ABSOLUTE_MOVES: ("и апсолутни рок се помера", "the absolute term moves as well"),
    }
)
