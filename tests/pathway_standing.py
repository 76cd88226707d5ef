"""The sections of the small pathway on where a person stands: as short as they can be and still have one of each."""

from __future__ import annotations

from domain.codes import Role
from domain.pathway.formal_status import Decider, FormalStatus, FormalStatusRules
from domain.pathway.model import RemindRung, Span, Title, Unit
from domain.pathway.residence import Alarm, Ground, PermitKind, ResidenceRules, Revocation
from domain.pathway.screening import Choice, ScreeningForm

TITLE = Title(sr="Назив", en="Title")


def formal_status() -> FormalStatusRules:
    """The office decides everything but that a report is looked at again: that is the court's."""
    office = tuple(status for status in FormalStatus if status is not FormalStatus.REOPENED)
    return FormalStatusRules(
        deciders=(
            Decider(decider="office", title=TITLE, decides=office),
            Decider(decider="court", title=TITLE, decides=(FormalStatus.REOPENED,)),
        )
    )


def residence() -> ResidenceRules:
    """Ninety days that are not extended, a year that is; alarms every working day."""
    warned = [RemindRung(before=Span(count=n, unit=Unit.CALENDAR_DAYS)) for n in (30, 14, 7)]
    last = RemindRung(before=Span(count=3, unit=Unit.CALENDAR_DAYS), also=(Role.SUPERVISOR,))
    return ResidenceRules(
        role=Role.LAWYER,
        kinds=(
            PermitKind(
                kind="short",
                title=TITLE,
                article="ZS 62",
                lasts=Span(count=90, unit=Unit.CALENDAR_DAYS),
                renewable=False,
                grounds=(Ground(ground="rest", title=TITLE),),
            ),
            PermitKind(
                kind="long",
                title=TITLE,
                article="ZS 63",
                lasts=Span(count=12, unit=Unit.MONTHS),
                renewable=True,
                grounds=(Ground(ground="opinion", title=TITLE), Ground(ground="presence", title=TITLE)),
            ),
        ),
        remind=(*warned, last),
        alarm=Alarm(to=(Role.SUPERVISOR, Role.ON_CALL)),
        revocation=Revocation(article="ZS 64", grounds=(Ground(ground="security", title=TITLE),)),
    )


def form() -> ScreeningForm:
    """One question of each kind; most of them hang on another.

    alone ──no──► company ──other──► days-away ──≥ 7──► worries     (section `more`: only where not alone)
    """
    return ScreeningForm.model_validate(
        {
            "form": "talk",
            "title": TITLE,
            "sections": [
                {
                    "section": "first",
                    "title": TITLE,
                    "questions": [
                        {"question": "alone", "title": TITLE, "kind": "yes-no"},
                        {
                            "question": "company",
                            "title": TITLE,
                            "kind": "choice",
                            "choices": [_choice("family"), _choice("other")],
                            "ask_when": {"question": "alone", "is": "no"},
                        },
                    ],
                },
                {
                    "section": "more",
                    "title": TITLE,
                    "ask_when": {"not": {"question": "alone", "is": "yes"}},
                    "questions": [
                        {
                            "question": "days-away",
                            "title": TITLE,
                            "kind": "days",
                            "ask_when": {"any": [{"question": "company", "is": "other"}]},
                        },
                        {
                            "question": "worries",
                            "title": TITLE,
                            "kind": "several",
                            "choices": [_choice("papers"), _choice("money"), _choice("health")],
                            "ask_when": {"all": [{"question": "days-away", "at_least": 7}]},
                        },
                    ],
                },
            ],
        }
    )


def _choice(key: str) -> Choice:
    return Choice(choice=key, title=TITLE)
