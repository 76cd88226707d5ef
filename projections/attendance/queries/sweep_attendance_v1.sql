-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.attendance_v1 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_attendance_v1 AS s WHERE s.staff = r.staff AND s::text = r::text)
