DELETE FROM pg_temp.shadow_handover_receipts_v1 WHERE handover = ANY (%s::uuid[])
