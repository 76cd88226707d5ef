DELETE FROM pg_temp.shadow_contacts_v1 WHERE stream_id = ANY (%s::uuid[])
