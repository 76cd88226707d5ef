-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.attendance_v1
SELECT * FROM pg_temp.shadow_attendance_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.attendance_v1 AS r WHERE s.staff = r.staff)
