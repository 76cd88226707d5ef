-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.handover_receipts_v1
SELECT * FROM pg_temp.shadow_handover_receipts_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.handover_receipts_v1 AS r WHERE s.handover = r.handover AND s.item = r.item)
