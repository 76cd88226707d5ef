INSERT INTO projections.past_late_v1
SELECT * FROM json_populate_recordset(NULL::projections.past_late_v1, %s::json)
