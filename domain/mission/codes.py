"""The closed lists of missions. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class MissionPurpose(StrEnum):
    """What a team goes out for."""

    ACCOMPANIMENT = "accompaniment"
    HOME_VISIT = "home-visit"
    MEETING_RELATIVES = "meeting-relatives"
    """For documents or photographs that they keep."""
    TRANSPORT = "transport"


class MissionPhase(StrEnum):
    """Where a mission stands. An aborted one is out there until its return is recorded."""

    PLANNED = "planned"
    DEPARTED = "departed"
    ABORTED = "aborted"
    RETURNED = "returned"
    REPORTED = "reported"
    CANCELLED = "cancelled"


OPEN = frozenset({MissionPhase.PLANNED, MissionPhase.DEPARTED, MissionPhase.ABORTED, MissionPhase.RETURNED})
"""Phases in which something is owed."""
OUT = frozenset({MissionPhase.DEPARTED, MissionPhase.ABORTED})
"""Phases in which people are out there."""


class RiskAnswer(StrEnum):
    """An answer of the risk check. Not to know is no reassurance."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RiskResult(StrEnum):
    """What the answers add up to."""

    CLEAR = "clear"
    RAISED = "raised"


class RiskOverrideReason(StrEnum):
    """Why a team may leave although its risk check is missing or not clear."""

    DANGER_TO_CLIENT = "danger-to-client"
    POLICE_ESCORT = "police-escort"
    RISK_REDUCED = "risk-reduced"
    OTHER = "other"


class CheckInWord(StrEnum):
    """What the team says of itself."""

    ALL_WELL = "all-well"
    DELAYED = "delayed"
    HELP = "help"


class AlarmCause(StrEnum):
    """Why an alarm was raised at once, without waiting for a timer."""

    HELP_ASKED = "help-asked"
    ABORTED = "aborted"


class AbortReason(StrEnum):
    """Why a mission under way was broken off."""

    THREAT = "threat"
    FOLLOWED = "followed"
    VEHICLE_DOWN = "vehicle-down"
    TEAM_ILL = "team-ill"
    CLIENT_WITHDREW = "client-withdrew"
    WRONG_ADDRESS = "wrong-address"
    ROAD_CLOSED = "road-closed"
    OTHER = "other"


class CancelReason(StrEnum):
    """Why a planned mission did not leave."""

    NOT_NEEDED = "not-needed"
    CLIENT_ASKED = "client-asked"
    NOT_SAFE = "not-safe"
    TEAM_MISSING = "team-missing"
    VEHICLE_MISSING = "vehicle-missing"
    APPOINTMENT_MOVED = "appointment-moved"
    OTHER = "other"


class MissionOutcome(StrEnum):
    """What a mission came to for one journey. None of them counts against the client."""

    DONE = "done"
    PARTLY_DONE = "partly-done"
    NOBODY_THERE = "nobody-there"
    DECLINED = "declined"
    REFUSED_BY_INSTITUTION = "refused-by-institution"
    NOT_SAFE = "not-safe"
    NOT_REACHED = "not-reached"


class Met(StrEnum):
    """Whom a home visit found."""

    CLIENT = "client"
    CLIENT_AND_FAMILY = "client-and-family"
    FAMILY_ONLY = "family-only"
    OTHERS_ONLY = "others-only"
    NOBODY = "nobody"


class Housing(StrEnum):
    """How the client lives."""

    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    UNSAFE = "unsafe"
    NOT_SEEN = "not-seen"


class Safety(StrEnum):
    """What the team saw of the client's safety."""

    NO_CONCERN = "no-concern"
    CONCERN = "concern"
    DANGER = "danger"
    NOT_ASSESSED = "not-assessed"


class Wellbeing(StrEnum):
    """How the client seemed to be."""

    STABLE = "stable"
    STRAINED = "strained"
    CRISIS = "crisis"
    NOT_ASSESSED = "not-assessed"


class VisitNeed(StrEnum):
    """What is needed after a home visit."""

    FOOD = "food"
    MEDICINE = "medicine"
    HEATING = "heating"
    CLOTHING = "clothing"
    DOCUMENTS = "documents"
    SCHOOL = "school"
    MEDICAL_VISIT = "medical-visit"
    SAFETY_PLAN = "safety-plan"
    MONEY = "money"


class MissionCost(StrEnum):
    """What a mission cost the organisation; to the client it is free."""

    FUEL = "fuel"
    TOLL = "toll"
    PARKING = "parking"
    TICKETS = "tickets"
    MEALS = "meals"
    LODGING = "lodging"
    FEES = "fees"
    OTHER = "other"
