DELETE FROM pg_temp.shadow_attendance_v1 WHERE staff = ANY (%s::uuid[])
