"""HTCDS 2.0 as CSV: a row a journey, under the names of the Field Standards (ODS). Several codes are parted by `;`.

What stands in the vault (names, birth dates, addresses) is not here: those columns stay empty, and so do those of which
nothing is recorded. `docs/exports.md` says of each where it comes from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from analysis.exports.answers import Answers, Pathways
from analysis.exports.cells import harmless
from analysis.exports.cut import LogReader
from analysis.exports.htcds_fields import exported
from analysis.exports.making import Cursor, Piece, Streamed
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.rows import folded
from domain.calendar import local_date
from domain.codes import ClosingReason, ConsentPurpose, Phase, Role, StreamName
from domain.journey import Journey
from domain.journey.service.codes import ReferralReason

VARIANT = "HTCDS 2.0, names of the Field Standards (ODS)"
FILLED = (
    "vic_TraffickingStatus",
    "vic_TraffickingStatusDecisionMakingOrg",
    "vic_RelationshipToTrafficker",
    "vic_MethodOfRecruitment",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation",
    "cas_Status",
    "cas_ReasonForCaseClosure",
    "cas_CaseOwner",
    "cas_ReferredOrganisation",
    "cas_ReasonForOutgoingReferral",
    "cas_OutgoingReferralDate",
    "con_Consent",
)
"""The columns that are filled, where something is known."""
_REASONS: Mapping[ReferralReason, str] = MappingProxyType(
    {
        ReferralReason.ADDITIONAL_SERVICES_REQUIRED: "AdditionalServicesRequired",
        ReferralReason.MIGRATION_OR_CHANGE_OF_LOCATION: "MigrationOrChangeOfLocation",
        ReferralReason.OTHER: "Other",
    }
)


def empty() -> tuple[str, ...]:
    """The columns that are there and always empty."""
    return tuple([each.name for each in exported() if each.name not in FILLED])


class Htcds(Streamed):
    """One file. Journeys that were merged into another one are not in it."""

    def __init__(self, log: LogReader, pseudonyms: Pseudonyms, pathways: Pathways) -> None:
        self._log = log
        self._pseudonyms = pseudonyms
        self._pathways = pathways
        self._answers = Answers(pathways)

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`."""
        if cursor is None:
            yield Piece(_lines([[each.name for each in exported()]]), {"after": None}, 0, 0.0)
        for streams in self._log.streams(StreamName.JOURNEY, cursor["after"] if cursor else None):
            journeys = (folded(self._log, history) for history in streams.histories.values())
            rows = [self._row(each) for each in journeys if each is not None and each.phase is not Phase.MERGED]
            yield Piece(_lines(rows), {"after": streams.last}, len(rows), streams.share)

    def _row(self, journey: Journey) -> list[str]:
        said = {name: ";".join(codes) for name, codes in self._answers.of(journey).items()}
        said |= self._case(journey)
        return [harmless(said.get(each.name, "")) for each in exported()]

    def _case(self, journey: Journey) -> dict[str, str]:
        said = {"cas_Status": _status(journey)}
        if journey.closing is not None:
            said["cas_ReasonForCaseClosure"] = journey.closing.reason.value
        owner = journey.assigned.get(Role.CASEWORKER)
        if owner is not None:
            said["cas_CaseOwner"] = self._pseudonyms.of_staff(owner)
        if journey.services.referrals:
            last = max(journey.services.referrals.values(), key=lambda each: each.version)
            said["cas_ReferredOrganisation"] = self._pseudonyms.of(last.recipient)
            said["cas_ReasonForOutgoingReferral"] = _REASONS[last.reason]
            zone = self._pathways(journey.pin).zone
            said["cas_OutgoingReferralDate"] = local_date(last.sent_at, zone).isoformat()
        consent = journey.consent(ConsentPurpose.DATA_PROCESSING, at=self._log.cut.known_at)
        said["con_Consent"] = "false" if consent is None else "true"
        return said


def _status(journey: Journey) -> str:
    if journey.closing is None or journey.is_open:
        return "FollowUp" if _only_followed(journey) else "Active"
    return "ClosedReferred" if journey.closing.reason is ClosingReason.REFERRED else "Closed"


def _only_followed(journey: Journey) -> bool:
    """No stage is active any more, and the journey is open all the same: somebody looks after the client."""
    return bool(journey.stages) and not any(stage.is_active for stage in journey.stages.values())


def _lines(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
