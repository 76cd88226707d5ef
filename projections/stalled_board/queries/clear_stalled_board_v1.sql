DELETE FROM projections.stalled_board_v1 WHERE journey = ANY (%s::uuid[])
