INSERT INTO pg_temp.shadow_attendance_v1 SELECT * FROM json_populate_recordset(NULL::projections.attendance_v1, %s::json)
