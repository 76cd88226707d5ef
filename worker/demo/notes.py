"""Short invented notes, in both scripts: harmless on purpose, and sealed like every other text."""

from __future__ import annotations

from random import Random

_NOTES = {
    "safe-contact": ("Zvati radnim danom posle 17 časova.", "Договорено: порука без имена, зваћемо суботом пре подне."),
    "needs-assessment": ("Želi da nastavi školu i da uči engleski.", "Потребна нова здравствена књижица и наочаре."),
    "individual-plan": ("Prvi cilj: položen vozački ispit.", "Договорена три циља; први је упис на курс кројења."),
    "psychological-support": ("Razgovor protekao mirno.", "Наредни разговор у исто време."),
    "hearing": ("Sala 12, čekali smo četrdeset minuta.", "Рочиште је почело на време."),
    "debrief": ("Posle ročišta prošetale do parka.", "Добро се осећа, питала је за следећи датум."),
    "monthly-follow-up": ("Zadovoljna novim poslom u pekari.", "Дете кренуло у вртић, све је у реду."),
    "housing": ("Stan na drugom spratu, blizu autobuske stanice.", "Потписан уговор на годину дана."),
    "rent-check": ("Kirija plaćena na vreme.", "Станодавац љубазан, поправио славину."),
}
_OFTEN = 0.45


def note_for(step: str, random: Random) -> str | None:
    """A note that somebody might write about the step; often none."""
    known = _NOTES.get(step)
    return random.choice(known) if known is not None and random.random() < _OFTEN else None
