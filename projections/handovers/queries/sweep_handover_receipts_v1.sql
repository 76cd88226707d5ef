-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.handover_receipts_v1 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_handover_receipts_v1 AS s WHERE s.handover = r.handover AND s.item = r.item AND s::text = r::text)
