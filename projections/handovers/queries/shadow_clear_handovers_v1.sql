DELETE FROM pg_temp.shadow_handovers_v1 WHERE handover = ANY (%s::uuid[])
