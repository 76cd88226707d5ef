SELECT 'journey_list_v1', to_jsonb(r) FROM projections.journey_list_v1 AS r
UNION ALL SELECT 'stalled_board_v3', to_jsonb(r) FROM projections.stalled_board_v3 AS r
UNION ALL SELECT 'my_day_v2', to_jsonb(r) FROM projections.my_day_v2 AS r
UNION ALL SELECT 'caseload_v1', to_jsonb(r) FROM projections.caseload_v1 AS r
