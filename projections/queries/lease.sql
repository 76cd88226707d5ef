SELECT m FROM unnest(%s::text[]) AS m WHERE pg_try_advisory_lock(hashtextextended('projections.' || m, 0))
