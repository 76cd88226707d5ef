-- Thirty days; of those that found nothing, the last thousand.
DELETE FROM projections.audits AS a
 WHERE a.finished_at < clock_timestamp() - interval '30 days'
    OR (a.finished_at < (SELECT finished_at FROM projections.audits ORDER BY finished_at DESC OFFSET 1000 LIMIT 1)
        AND NOT EXISTS (SELECT FROM projections.audit_findings AS f WHERE f.audit = a.audit))
