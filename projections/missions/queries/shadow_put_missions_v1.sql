INSERT INTO pg_temp.shadow_missions_v1 SELECT * FROM json_populate_recordset(NULL::projections.missions_v1, %s::json)
