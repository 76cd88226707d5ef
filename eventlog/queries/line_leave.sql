SELECT pg_advisory_unlock(1279611986, hashtext(%s::uuid::text))
