"""The course of proceedings: what a client is in them, protection, the property claim, ties, their end, court fees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.codes import ObligationKind
from domain.journey import obligations
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    ProceedingsOutcome,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
)
from domain.journey.proceedings.commands import (
    DescribeProceedings,
    EndProceedings,
    LinkProceedings,
    MoveProceedings,
    OweFee,
    RecordPropertyClaim,
    RecordProtection,
    ResumeProceedings,
    SettleFee,
    StartProceedings,
    UnlinkProceedings,
)
from domain.journey.proceedings.events import (
    FeeOwed,
    FeeSettled,
    ProceedingsDescribed,
    ProceedingsEnded,
    ProceedingsLinked,
    ProceedingsMoved,
    ProceedingsResumed,
    ProceedingsStarted,
    ProceedingsUnlinked,
    PropertyClaimRecorded,
    ProtectionRecorded,
)
from domain.law import HearingKind, Standing, traps_for
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode
from domain.sealed import Legal, Sealed
from tests.domain.given import Given
from tests.proceedings_examples import COURT, in_court, noon

NUMBER: Sealed[Legal] = Sealed.from_bytes(bytes(range(50)))
CRIMINAL, CIVIL = Matter.CRIMINAL, Matter.CIVIL
NOW = noon(2026, 3, 20)


def both() -> Given:
    """Criminal proceedings, number 1, and civil ones, number 2."""
    return in_court(NOW).having(StartProceedings(matter=CIVIL, standings=(Standing.PLAINTIFF,)))


def test_a_client_may_be_injured_party_and_witness_at_once() -> None:
    """In whatever order it is said."""
    command = StartProceedings(
        matter=CRIMINAL, standings=(Standing.WITNESS, Standing.INJURED_PARTY), court=COURT, case_number=NUMBER
    )
    (event,) = in_court(NOW).when(command).events
    assert isinstance(event, ProceedingsStarted)
    assert event.proceedings == 2
    assert event.standings == (Standing.INJURED_PARTY, Standing.WITNESS)


@pytest.mark.parametrize(
    "command",
    [
        StartProceedings(matter=CRIMINAL, standings=(Standing.PLAINTIFF,)),
        StartProceedings(matter=CIVIL, standings=(Standing.INJURED_PARTY,)),
        StartProceedings(matter=CRIMINAL, standings=()),
        StartProceedings(matter=CIVIL, standings=(Standing.PLAINTIFF,), stage=ProceedingsStage.INVESTIGATION),
        MoveProceedings(proceedings=1, stage=ProceedingsStage.FILED),
        DescribeProceedings(proceedings=1, standings=(Standing.PLAINTIFF,)),
    ],
)
def test_what_does_not_belong_together(command: Any) -> None:
    """A plaintiff is no part of criminal proceedings, an injured party none of civil ones."""
    in_court(NOW).when(command).then_refused(RefusalCode.NOT_OF_THIS_MATTER)


def test_court_and_number_are_said_later_and_what_is_left_out_stays() -> None:
    """The number is sealed from the form on."""
    named = in_court(NOW).when(DescribeProceedings(proceedings=1, case_number=NUMBER))
    after = named.then(ProceedingsDescribed(proceedings=1, case_number=NUMBER))
    later = after.having(DescribeProceedings(proceedings=1, court=COURT))
    state = later.state.proceedings[1]
    assert (state.case_number, state.court, state.standings) == (NUMBER, COURT, (Standing.INJURED_PARTY,))
    later.when(DescribeProceedings(proceedings=1)).then_nothing()


def test_they_move_and_may_go_back() -> None:
    """A judgment is set aside."""
    after = in_court(NOW).having(MoveProceedings(proceedings=1, stage=ProceedingsStage.JUDGED))
    back = MoveProceedings(proceedings=1, stage=ProceedingsStage.MAIN_HEARING)
    assert after.when(back).events == (ProceedingsMoved(proceedings=1, stage=ProceedingsStage.MAIN_HEARING),)
    assert after.when(MoveProceedings(proceedings=1, stage=ProceedingsStage.JUDGED)).then_nothing()


def test_over_and_resumed() -> None:
    """Nothing more is recorded of what is over; the correction names the end."""
    ended = in_court(NOW).when(EndProceedings(proceedings=1, outcome=ProceedingsOutcome.CONVICTED))
    after = ended.then(ProceedingsEnded(proceedings=1, outcome=ProceedingsOutcome.CONVICTED))
    after.when(MoveProceedings(proceedings=1, stage=ProceedingsStage.FINAL)).then_refused(RefusalCode.PROCEEDINGS_OVER)
    version = after.state.proceedings[1].over_version
    assert version is not None
    after.when(ResumeProceedings(proceedings=1, corrects=version - 1)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    back = after.when(ResumeProceedings(proceedings=1, corrects=version)).then(
        ProceedingsResumed(proceedings=1, corrects=version)
    )
    assert not back.state.proceedings[1].is_over


def test_criminal_and_civil_proceedings_are_tied_to_each_other() -> None:
    """From either side, also when one is over."""
    linked = both().when(LinkProceedings(proceedings=2, other=1)).then(ProceedingsLinked(proceedings=2, other=1))
    assert linked.state.proceedings[1].linked == {2}
    assert linked.state.proceedings[2].linked == {1}
    linked.when(LinkProceedings(proceedings=1, other=2)).then_refused(RefusalCode.ALREADY_LINKED)
    apart = linked.when(UnlinkProceedings(proceedings=1, other=2)).then(ProceedingsUnlinked(proceedings=1, other=2))
    assert not apart.state.proceedings[2].linked
    apart.when(UnlinkProceedings(proceedings=1, other=2)).then_refused(RefusalCode.NOT_LINKED)


def test_only_criminal_with_civil() -> None:
    """And not with themselves."""
    in_court(NOW).when(LinkProceedings(proceedings=1, other=1)).then_refused(RefusalCode.NOT_OF_THIS_MATTER)
    both().when(LinkProceedings(proceedings=1, other=9)).then_refused(RefusalCode.UNKNOWN_PROCEEDINGS)


def test_protection_is_of_criminal_proceedings() -> None:
    """Asked for, then granted."""
    asked = RecordProtection(
        proceedings=1, protection=Protection.ESPECIALLY_SENSITIVE, status=ProtectionStatus.REQUESTED
    )
    granted = asked.model_copy(update={"status": ProtectionStatus.GRANTED})
    after = both().having(asked).when(granted)
    assert after.events == (
        ProtectionRecorded(proceedings=1, protection=Protection.ESPECIALLY_SENSITIVE, status=ProtectionStatus.GRANTED),
    )
    after.after.when(granted).then_nothing()
    both().when(asked.model_copy(update={"proceedings": 2})).then_refused(RefusalCode.NOT_OF_THIS_MATTER)


def claim(status: PropertyClaimStatus, amount: str | None = None) -> RecordPropertyClaim:
    return RecordPropertyClaim(proceedings=1, status=status, amount=Decimal(amount) if amount else None)


def test_a_property_claim_is_filed_and_awarded_in_part() -> None:
    """In dinars, to the para."""
    filed = both().having(claim(PropertyClaimStatus.FILED, "1000000.00"))
    (event,) = filed.when(claim(PropertyClaimStatus.PARTLY_AWARDED, "250000.50")).events
    assert event == PropertyClaimRecorded(
        proceedings=1, status=PropertyClaimStatus.PARTLY_AWARDED, amount=Decimal("250000.50")
    )


def test_a_claim_that_was_withdrawn_is_not_filed_again_here() -> None:
    """The civil way stays open."""
    after = both().having(claim(PropertyClaimStatus.FILED), claim(PropertyClaimStatus.WITHDRAWN))
    for status in PropertyClaimStatus:
        after.when(claim(status)).then_refused(RefusalCode.CLAIM_NOT_OPEN, allowed=())


def test_nothing_is_awarded_that_was_not_claimed() -> None:
    """And a mere witness claims nothing."""
    both().when(claim(PropertyClaimStatus.AWARDED)).then_refused(RefusalCode.CLAIM_NOT_OPEN, allowed=("filed",))
    witness = both().having(DescribeProceedings(proceedings=1, standings=(Standing.WITNESS,)))
    witness.when(claim(PropertyClaimStatus.FILED)).then_refused(
        RefusalCode.NOT_OF_THIS_MATTER, allowed=("injured-party",)
    )


def test_a_court_fee_is_owed_until_it_is_paid_or_waived() -> None:
    """With its ladder, to the lawyer."""
    command = OweFee(proceedings=1, fee_kind=FeeKind.EXPERT, amount=Decimal("24000.00"), due_on=date(2026, 4, 1))
    then = in_court(NOW).when(command)
    (event,) = then.events
    assert isinstance(event, FeeOwed)
    assert (event.fee, event.amount, event.deadline.due_on) == (1, Decimal("24000.00"), date(2026, 4, 1))
    found = [o for o in obligations(then.after.state) if o.kind is ObligationKind.COURT_FEE]
    assert [(o.key, o.what) for o in found] == [("fee:1", "expert")]
    paid = then.after.when(SettleFee(fee=1, outcome=FeeOutcome.WAIVED)).then(
        FeeSettled(fee=1, outcome=FeeOutcome.WAIVED)
    )
    assert not [o for o in obligations(paid.state) if o.kind is ObligationKind.COURT_FEE]
    paid.when(SettleFee(fee=1, outcome=FeeOutcome.PAID)).then_refused(RefusalCode.ENTRY_SETTLED)


def test_an_amount_is_positive_and_no_finer_than_a_para() -> None:
    """Refused where it is typed."""
    for amount in ("0", "-1", "1.005"):
        with pytest.raises(ValueError, match="amount"):
            OweFee(proceedings=1, fee_kind=FeeKind.CLAIM, amount=Decimal(amount), due_on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("kind", "standing", "traps"),
    [
        (HearingKind.PREPARATORY, Standing.PLAINTIFF, ["zpp-304-absent"]),
        (HearingKind.CIVIL_MAIN, Standing.PLAINTIFF, ["zpp-311-absent"]),
        (HearingKind.PREPARATORY, Standing.INJURED_PARTY, ["zkp-52-absent"]),
        (HearingKind.CRIMINAL_TRIAL, Standing.INJURED_PARTY, ["zkp-52-absent"]),
        (HearingKind.CRIMINAL_TRIAL, Standing.WITNESS, []),
        (HearingKind.EXPERT, Standing.PLAINTIFF, []),
        (None, Standing.PLAINTIFF, ["zpp-144-address", "zpp-192-agent"]),
        (None, Standing.INJURED_PARTY, []),
    ],
)
def test_traps(kind: HearingKind | None, standing: Standing, traps: list[str]) -> None:
    """What absence or silence costs, by what the client is."""
    assert [trap.trap for trap in traps_for(kind, standing)] == traps
