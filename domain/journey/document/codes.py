"""The closed lists of documents. A value is never renamed."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is, as they come in at an organisation that helps victims (`reference/domain.md` §2–§4)."""

    IDENTITY_DOCUMENT = "identity-document"
    TRAVEL_DOCUMENT = "travel-document"
    RESIDENCE_DOCUMENT = "residence-document"
    CONSENT_FORM = "consent-form"
    POWER_OF_ATTORNEY = "power-of-attorney"
    COURT_DOCUMENT = "court-document"
    POLICE_DOCUMENT = "police-document"
    STATUS_DECISION = "status-decision"
    """Of the Centre for the Protection of Victims of Trafficking: the formal status."""
    MEDICAL_REPORT = "medical-report"
    PSYCHOLOGICAL_REPORT = "psychological-report"
    SOCIAL_WORK_REPORT = "social-work-report"
    CERTIFICATE = "certificate"
    """Of birth, school, work, income."""
    CORRESPONDENCE = "correspondence"
    PHOTOGRAPH = "photograph"
    OTHER = "other"


class MediaType(StrEnum):
    """The formats that are taken, told by their content."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TEXT = "text"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"


class FilingMistake(StrEnum):
    """Why a document should not have been filed here."""

    WRONG_CLIENT = "wrong-client"
    WRONG_FILE = "wrong-file"
    WRONG_PART = "wrong-part"
    FILED_TWICE = "filed-twice"
    UNREADABLE = "unreadable"
    OTHER = "other"
