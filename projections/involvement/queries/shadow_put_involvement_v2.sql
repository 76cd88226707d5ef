INSERT INTO pg_temp.shadow_involvement_v1 SELECT * FROM json_populate_recordset(NULL::projections.involvement_v1, %s::json)
