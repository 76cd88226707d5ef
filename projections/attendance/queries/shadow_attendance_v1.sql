-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_attendance_v1 (LIKE projections.attendance_v1 INCLUDING ALL)
