INSERT INTO pg_temp.shadow_past_caseload_v1 SELECT * FROM json_populate_recordset(NULL::projections.past_caseload_v1, %s::json)
