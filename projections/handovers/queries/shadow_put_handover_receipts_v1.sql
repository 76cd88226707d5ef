INSERT INTO pg_temp.shadow_handover_receipts_v1 SELECT * FROM json_populate_recordset(NULL::projections.handover_receipts_v1, %s::json)
