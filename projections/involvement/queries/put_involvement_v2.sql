INSERT INTO projections.involvement_v2
SELECT * FROM json_populate_recordset(NULL::projections.involvement_v2, %s::json)
ON CONFLICT (journey, part) DO UPDATE SET
    involvement = excluded.involvement, role = excluded.role, staff = excluded.staff, ends_at = excluded.ends_at
