SELECT pg_advisory_unlock(hashtextextended('projections.' || %s, 0))
