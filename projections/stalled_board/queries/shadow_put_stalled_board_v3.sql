INSERT INTO pg_temp.shadow_stalled_board_v3 SELECT * FROM json_populate_recordset(NULL::projections.stalled_board_v3, %s::json)
