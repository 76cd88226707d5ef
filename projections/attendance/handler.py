"""The row of a member of staff."""

from __future__ import annotations

from domain.attendance.state import Attendance
from domain.codes import StreamName
from projections.folded import Folded
from projections.names import ModelName
from projections.read_model import ReadModel, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    attendance = folded.state
    assert isinstance(attendance, Attendance)
    absences = sorted((a for a in attendance.absences.values() if not a.cancelled), key=lambda a: a.begins_at)
    row = {
        "staff": folded.id,
        "code": folded.code,
        "version": attendance.version,
        "left_at": attendance.left_at,
        "handover": attendance.handover,
        "absences": [
            {
                "number": absence.number,
                "first_day": absence.first_day,
                "last_day": absence.last_day,
                "begins_at": absence.begins_at,
                "ends_at": absence.ends_at,
                "cover": absence.cover,
            }
            for absence in absences
        ],
        "last_ends_at": absences[-1].ends_at if absences else None,
        "changed_at": attendance.changed_at,
    }
    return {"": row}


MODEL = ReadModel(
    name=ModelName.ATTENDANCE,
    version=VERSIONS[ModelName.ATTENDANCE],
    package="projections.attendance",
    tables=(Table("attendance_v1", rows, keyed=False),),
    kinds=frozenset({StreamName.STAFF}),
)
