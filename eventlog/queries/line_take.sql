-- Key: 'LETR', and the recipient. Two recipients with the same hash wait for each other, which harms nobody.
SELECT pg_try_advisory_lock(1279611986, hashtext(%s::uuid::text))
