-- What began and has no receipt, or was handed over again: a copy may have gone out.
SELECT coalesce(doubt, doubted, CASE WHEN began_at IS NOT NULL THEN 'worker-died' END) FROM eventlog.handovers
 WHERE message = %s ORDER BY 1 NULLS LAST LIMIT 1
