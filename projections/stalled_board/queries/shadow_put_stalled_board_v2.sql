INSERT INTO pg_temp.shadow_stalled_board_v2 SELECT * FROM json_populate_recordset(NULL::projections.stalled_board_v2, %s::json)
