INSERT INTO pg_temp.shadow_caseload_v1 SELECT * FROM json_populate_recordset(NULL::projections.caseload_v1, %s::json)
