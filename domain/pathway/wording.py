"""The words of a drawing in Serbian (Cyrillic) and English, and a condition as a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.codes import ConsentPurpose, Mover, Role
from domain.pathway.condition import (
    All,
    AnyOf,
    AssignedLeaf,
    Condition,
    ConsentLeaf,
    FactLeaf,
    FactName,
    MilestoneLeaf,
    Not,
    StageIs,
    StageLeaf,
    StepIs,
    StepLeaf,
)
from domain.pathway.model import Anchor, Due, Pathway, Span, Title, Unit


class Language(StrEnum):
    """The language of a drawing; Serbian Latin is Serbian with a transliteration."""

    SERBIAN = "sr"
    ENGLISH = "en"


Terms = dict[str, tuple[str, str]]

_ROLES: dict[Role, tuple[str, str]] = {
    Role.CONSULTANT: ("консултант", "consultant"),
    Role.CASEWORKER: ("водитељ случаја", "caseworker"),
    Role.MOBILE_TEAM: ("мобилни тим", "mobile team"),
    Role.PSYCHOLOGIST: ("психолог", "psychologist"),
    Role.LAWYER: ("пуномоћник", "lawyer"),
    Role.SUPERVISOR: ("супервизор", "supervisor"),
    Role.ON_CALL: ("дежурни", "on call"),
}
_MOVERS: dict[Mover, tuple[str, str]] = {
    Mover.US: ("на потезу смо ми", "our move"),
    Mover.CLIENT: ("чека клијента", "waits on the client"),
    Mover.COURT: ("чека суд", "waits on the court"),
    Mover.PARTNER: ("чека партнера", "waits on a partner"),
}
_CONSENTS: dict[ConsentPurpose, tuple[str, str]] = {
    ConsentPurpose.ASSISTANCE: ("помоћ", "assistance"),
    ConsentPurpose.DATA_PROCESSING: ("обрада података", "data processing"),
    ConsentPurpose.REFERRAL: ("упућивање", "referral"),
    ConsentPurpose.ACCOMMODATION: ("смештај", "accommodation"),
    ConsentPurpose.MEDICAL: ("лекарска помоћ", "medical care"),
    ConsentPurpose.PSYCHOLOGICAL: ("психолошка помоћ", "psychological help"),
    ConsentPurpose.LEGAL_REPRESENTATION: ("заступање", "representation"),
    ConsentPurpose.REPATRIATION: ("повратак", "return"),
    ConsentPurpose.CONTACT_WITH_FAMILY: ("контакт с породицом", "contact with the family"),
    ConsentPurpose.STATISTICS: ("статистика", "statistics"),
}
_STEP_IS: dict[StepIs, tuple[str, str]] = {
    StepIs.OPENED: ("отворено", "opened"),
    StepIs.DONE: ("обављено", "done"),
    StepIs.DECLINED: ("одбијено", "declined"),
    StepIs.SKIPPED: ("прескочено", "skipped"),
    StepIs.SETTLED: ("решено", "settled"),
}
_STAGE_IS: dict[StageIs, tuple[str, str]] = {
    StageIs.ENTERED: ("започето", "entered"),
    StageIs.ACTIVE: ("у току", "active"),
    StageIs.LEFT: ("завршено", "left"),
}
_FACTS: dict[FactName, tuple[str, str]] = {
    FactName.REOPENED: ("поново отворено", "reopened"),
    FactName.LINKED_TO_GUARDIAN: ("има старатеља", "has a guardian"),
    FactName.REQUIRED_STEPS_SETTLED: ("обавезни кораци решени", "required steps settled"),
    FactName.RETURN_STOPPED: ("повратак обустављен", "return stopped"),
    FactName.RETURN_FOLLOWED_UP: ("провере после повратка окончане", "checks after the return ended"),
    FactName.RETURNED_SAFELY: ("безбедно после повратка", "safe after the return"),
    FactName.RESIDENCE_WATCHED: ("прати се рок боравка", "residence is watched over"),
    FactName.JUDGED: ("пресуђено у кривичном поступку", "judged in criminal proceedings"),
    FactName.PROCEEDINGS_OVER: ("сви поступци окончани", "all proceedings over"),
}
_UNITS: dict[Unit, tuple[tuple[str, str, str], tuple[str, str]]] = {
    Unit.WORKING_DAYS: (("радни дан", "радна дана", "радних дана"), ("working day", "working days")),
    Unit.CALENDAR_DAYS: (("дан", "дана", "дана"), ("day", "days")),
    Unit.HOURS: (("сат", "сата", "сати"), ("hour", "hours")),
    Unit.MONTHS: (("месец", "месеца", "месеци"), ("month", "months")),
}
_ABBREVIATIONS = str.maketrans("ABVGDEZIJKLMNOPRSTUFHC", "АБВГДЕЗИЈКЛМНОПРСТУФХЦ")  # ZKP 432 is ЗКП 432
_WORDS: Terms = {
    "and": (" и ", " and "),
    "or": (" или ", " or "),
    "not": ("не: ", "not: "),
    "consent": ("пристанак: ", "consent: "),
    "assigned": ("додељено: ", "assigned: "),
    "on-date": ("на унети дан", "on the date entered"),
    "enters": ("Улази се: ", "Entered: "),
    "leaves": ("Излази се: ", "Left: "),
    "by-decision": ("одлуком особе", "by a person's decision"),
    "at-opening": ("при отварању", "at opening"),
    "when": ("када: ", "when: "),
    "milestone": ("прекретница", "milestone"),
    "required": ("обавезан корак", "required step"),
    "discretionary": ("корак по процени", "discretionary step"),
    "manual": ("отвара особа", "opened by a person"),
    "repeatable": ("може поново", "may happen again"),
    "condition": ("услов", "condition"),
    "starts": ("покреће", "starts"),
    "legend": ("Легенда", "Key"),
    "version": ("верзија", "version"),
    "summary": ("Пут у фазама које могу тећи упоредо.", "A pathway in stages that may run in parallel."),
    "steps": ("кораци", "steps"),
}


@dataclass(frozen=True)
class Wording:
    """Texts of one language. `script` turns every finished text into another script, as Serbian Latin."""

    language: Language
    script: Callable[[str], str] = str

    def word(self, key: str) -> str:
        return self._pick(_WORDS[key])

    def title(self, title: Title) -> str:
        return self._pick((title.sr, title.en))

    def role(self, role: Role) -> str:
        return self._pick(_ROLES[role])

    def mover(self, mover: Mover) -> str:
        return self._pick(_MOVERS[mover])

    def span(self, span: Span) -> str:
        """`5 working days`, with the Serbian forms for one, few and many."""
        serbian, english = _UNITS[span.unit]
        last, tens = span.count % 10, span.count % 100
        one, few = last == 1 and tens != 11, last in (2, 3, 4) and tens not in (12, 13, 14)
        form = serbian[0] if one else serbian[1] if few else serbian[2]
        return self._pick((f"{span.count} {form}", f"{span.count} {english[0 if span.count == 1 else 1]}"))

    def due(self, due: Due) -> str:
        text = self.word("on-date") if due.after is Anchor.APPOINTMENT else self.span(due.within)
        if due.article is None:
            return text
        return f"{text} · {self._pick((due.article.translate(_ABBREVIATIONS), due.article))}"

    def condition(self, condition: Condition | None, pathway: Pathway) -> str:
        """A condition as a sentence; empty where there is none."""
        match condition:
            case None:
                return ""
            case All(all=parts):
                return self.word("and").join(self._part(part, pathway) for part in parts)
            case AnyOf(any=parts):
                return self.word("or").join(self._part(part, pathway) for part in parts)
            case Not(not_=inner):
                return self.word("not") + self.condition(inner, pathway)
            case StepLeaf(step=key, is_=state):
                step = pathway.find_step(key)
                return f"{self.title(step[1].title) if step else key} – {self._pick(_STEP_IS[state])}"
            case StageLeaf(stage=key, is_=phase):
                stage = pathway.find_stage(key)
                return f"{self.title(stage.title) if stage else key} – {self._pick(_STAGE_IS[phase])}"
            case MilestoneLeaf(milestone=key):
                found = next((m for m in pathway.milestones if m.milestone == key), None)
                return f"{self.word('milestone')}: {self.title(found.title) if found else key}"
            case ConsentLeaf(consent=purpose):
                return self.word("consent") + self._pick(_CONSENTS[purpose])
            case AssignedLeaf(assigned=role):
                return self.word("assigned") + self.role(role)
            case FactLeaf(fact=name):
                return self._pick(_FACTS[name])

    def _part(self, part: Condition, pathway: Pathway) -> str:
        text = self.condition(part, pathway)
        return f"({text})" if isinstance(part, (All, AnyOf)) else text

    def _pick(self, pair: tuple[str, str]) -> str:
        return self.script(pair[0]) if self.language is Language.SERBIAN else pair[1]
