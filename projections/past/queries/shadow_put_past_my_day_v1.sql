INSERT INTO pg_temp.shadow_past_my_day_v1 SELECT * FROM json_populate_recordset(NULL::projections.past_my_day_v1, %s::json)
