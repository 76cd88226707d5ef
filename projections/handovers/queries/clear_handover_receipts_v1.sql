DELETE FROM projections.handover_receipts_v1 WHERE handover = ANY (%s::uuid[])
