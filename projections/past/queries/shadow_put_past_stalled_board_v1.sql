INSERT INTO pg_temp.shadow_past_stalled_board_v1 SELECT * FROM json_populate_recordset(NULL::projections.past_stalled_board_v1, %s::json)
