SELECT staff, code, version, left_at, handover, absences
  FROM projections.attendance_v1
 WHERE %(staff)s::uuid IS NULL OR staff = %(staff)s
 ORDER BY staff
