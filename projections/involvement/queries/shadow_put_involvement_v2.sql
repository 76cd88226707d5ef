INSERT INTO pg_temp.shadow_involvement_v2 SELECT * FROM json_populate_recordset(NULL::projections.involvement_v2, %s::json)
