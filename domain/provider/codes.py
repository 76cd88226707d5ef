"""The closed lists of providers. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class ProviderKind(StrEnum):
    """What sort of body it is."""

    POLYCLINIC = "polyclinic"
    SPECIALIST = "specialist"
    LABORATORY = "laboratory"
    FORENSIC_MEDICINE = "forensic-medicine"
    HOSPITAL = "hospital"
    THERAPIST = "therapist"
    LAW_OFFICE = "law-office"
    INTERPRETER = "interpreter"
    TRANSPORT = "transport"
    SHELTER = "shelter"
    SCHOOL = "school"
    EMPLOYER = "employer"
    PUBLIC_AUTHORITY = "public-authority"
    NON_GOVERNMENTAL = "non-governmental"
    INTERNATIONAL = "international"
    CONSULATE = "consulate"
    OTHER = "other"


class ProviderStatus(StrEnum):
    """Whether clients are referred to it."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class InactiveReason(StrEnum):
    """Why nobody is referred to it any more."""

    CLOSED_DOWN = "closed-down"
    NO_CAPACITY = "no-capacity"
    NOT_SAFE = "not-safe"
    AGREEMENT_ENDED = "agreement-ended"
    LISTED_TWICE = "listed-twice"
    OTHER = "other"
