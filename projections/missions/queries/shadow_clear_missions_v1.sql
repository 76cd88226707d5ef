DELETE FROM pg_temp.shadow_missions_v1 WHERE mission = ANY (%s::uuid[])
