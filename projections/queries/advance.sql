-- The rows and the position in one transaction; who waits hears of it when that is committed.
WITH moved AS (
    UPDATE projections.positions SET "position" = %(position)s, advanced_at = clock_timestamp()
     WHERE model = ANY (%(models)s) RETURNING model, "position"
)
SELECT pg_notify('projections_advanced', string_agg(model || ':' || "position", ' ')) FROM moved
