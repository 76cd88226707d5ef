INSERT INTO pg_temp.shadow_handovers_v1 SELECT * FROM json_populate_recordset(NULL::projections.handovers_v1, %s::json)
