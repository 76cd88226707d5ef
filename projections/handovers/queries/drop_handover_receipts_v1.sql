DELETE FROM projections.handover_receipts_v1 AS r USING unnest(%s::uuid[], %s::text[]) AS gone (handover, item)
 WHERE r.handover = gone.handover AND r.item = gone.item
