INSERT INTO pg_temp.shadow_my_day_v2 SELECT * FROM json_populate_recordset(NULL::projections.my_day_v2, %s::json)
