"""A table in the shape of CTDC's (dictionary v15-08-2018, as published): a row a journey, codes of the 63 variables.

What is not known is `-99`, as the dictionary says; the published file leaves it empty. No row has an id: rows are
told apart by nothing but what they say. The terms of CTDC's own data are not ours, and nothing is sent to it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from analysis.exports.answers import Answers, Pathways
from analysis.exports.cut import LogReader
from analysis.exports.making import Cursor, Piece, Streamed
from analysis.exports.rows import folded
from domain.calendar import local_date
from domain.codes import Phase, StreamName
from domain.journey import Journey

MISSING = "-99"
_CONTROLS: Mapping[str, tuple[str, ...]] = {
    "DebtBondage": ("DebtBondage",),
    "TakesEarnings": ("TakesEarnings",),
    "RestrictsFinancialAccess": ("RestrictsFinancialAccess",),
    "Threats": ("PhysicalThreats", "ThreatensChildrenFamily"),
    "PsychologicalAbuse": ("PsychologicalAbuse",),
    "PhysicalAbuse": ("PhysicalAbuse",),
    "SexualAbuse": ("SexualAbuse",),
    "FalsePromises": ("FalsePromises",),
    "PsychoactiveSubstances": ("PsychoactiveSubstance",),
    "RestrictsMovement": (),
    "RestrictsMedicalCare": ("RestrictsMedicalCare",),
    "ExcessiveWorkingHours": ("ExcessiveWorkingHours",),
    "UsesChildren": (),
    "ThreatOfLawEnforcement": ("ThreatsLawEnforcement",),
    "WithholdsNecessities": ("WithholdsNecessities",),
    "WithholdsDocuments": ("WithholdsDocuments",),
    "Other": ("Other",),
}
"""CTDC's means of control with the codes of HTCDS that are the same; two of them HTCDS has no code for."""
_EXPLOITATION: Mapping[str, tuple[str, ...]] = {
    "isForcedLabour": ("ForcedLabour", "ChildLabour", "ForcedBegging"),
    "isSexualExploit": ("SexualExploitation",),
    "isOtherExploit": ("ForcedAdoption", "Surrogacy", "Other"),
    "isForcedMarriage": ("ForcedMarriage",),
    "isForcedMilitary": ("ForcedMilitaryByNonStateActors",),
    "isOrganRemoval": ("OrganRemoval",),
    "isSlaveryAndPractices": ("Servitude",),
}
_LABOUR = (
    *("Agriculture", "Aquafarming", "Begging", "Construction", "DomesticWork", "Hospitality", "IllicitActivities"),
    *("Manufacturing", "MiningOrDrilling", "Peddling", "Transportation", "Other", "NotSpecified"),
)
_SEX = ("Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices")
_RELATIONS = ("IntimatePartner", "Friend", "Family", "Other", "Unknown")
COLUMNS: tuple[str, ...] = (
    *("yearOfRegistration", "Datasource", "gender", "ageBroad", "majorityStatus", "majorityStatusAtExploit"),
    *("majorityEntry", "citizenship"),
    *(f"meansOfControl{each}" for each in (*_CONTROLS, "NotSpecified", "Concatenated")),
    *("isForcedLabour", "isSexualExploit", "isOtherExploit", "isSexAndLabour", "isForcedMarriage", "isForcedMilitary"),
    *("isOrganRemoval", "isSlaveryAndPractices", "typeOfExploitConcatenated"),
    *(f"typeOfLabour{each}" for each in (*_LABOUR, "Concatenated")),
    *(f"typeOfSex{each}" for each in (*_SEX, "Concatenated")),
    *("isAbduction", "RecruiterRelationship", "CountryOfExploitation"),
    *(f"recruiterRelation{each}" for each in _RELATIONS),
)
"""In the order of the published file; `majorityEntry` as it spells it."""


class Ctdc(Streamed):
    """One file, in CSV parted by `;` as the published one is, without its sentence in the first heading."""

    def __init__(self, log: LogReader, pathways: Pathways) -> None:
        self._log = log
        self._pathways = pathways
        self._answers = Answers(pathways)

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`."""
        if cursor is None:
            yield Piece(_lines([COLUMNS]), {"after": None}, 0, 0.0)
        for streams in self._log.streams(StreamName.JOURNEY, cursor["after"] if cursor else None):
            journeys = (folded(self._log, history) for history in streams.histories.values())
            rows = [self._row(each) for each in journeys if each is not None and each.phase is not Phase.MERGED]
            yield Piece(_lines(rows), {"after": streams.last}, len(rows), streams.share)

    def _row(self, journey: Journey) -> list[str]:
        answers = self._answers.of(journey)
        said = {
            "yearOfRegistration": str(local_date(journey.opened_at, self._pathways(journey.pin).zone).year),
            "Datasource": "Case Management",
        }
        if journey.minority is not None:
            said["majorityStatus"] = "Minor" if self._log.cut.known_at < journey.minority.adult_at else "Adult"
        said |= _controls(answers.get("vic_MethodsOfControl"))
        said |= exploitation(answers.get("vic_TypeOfExploitation"))
        said |= _sex(answers.get("vic_TypeOfSexExploitation"))
        said |= _recruiter(answers.get("vic_RelationshipToTrafficker"))
        return [said.get(column, MISSING) for column in COLUMNS]


def _controls(codes: Sequence[str] | None) -> dict[str, str]:
    if codes is None:
        return {}
    if not codes:
        return {"meansOfControlNotSpecified": "1"}
    said = {
        f"meansOfControl{name}": _flag(any(code in codes for code in same)) for name, same in _CONTROLS.items() if same
    }
    named = [name for name in _CONTROLS if said.get(f"meansOfControl{name}") == "1"]
    return said | {"meansOfControlNotSpecified": "0", "meansOfControlConcatenated": ";".join(named)}


def exploitation(codes: Sequence[str] | None) -> dict[str, str]:
    """The columns that follow of `vic_TypeOfExploitation`; none where nothing is known."""
    if not codes:
        return {}
    said = {name: _flag(any(code in codes for code in same)) for name, same in _EXPLOITATION.items()}
    both = said["isForcedLabour"] == "1" and said["isSexualExploit"] == "1"
    named = [name.removeprefix("is") for name in _EXPLOITATION if said[name] == "1"]
    return said | {"isSexAndLabour": _flag(both), "typeOfExploitConcatenated": ";".join(named)}


def _sex(codes: Sequence[str] | None) -> dict[str, str]:
    if not codes:
        return {}
    said = {f"typeOfSex{name}": _flag(name in codes) for name in _SEX}
    return said | {"typeOfSexConcatenated": ";".join(name for name in _SEX if name in codes)}


def _recruiter(codes: Sequence[str] | None) -> dict[str, str]:
    """HTCDS tells family, acquaintances and strangers apart; of those CTDC has the family only."""
    if not codes:
        return {}
    return {"recruiterRelationFamily": _flag("Familial" in codes)}


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
