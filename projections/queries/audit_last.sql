SELECT a.audit, a.finished_at, extract(epoch FROM clock_timestamp() - a.finished_at)::float8, a.seconds, a.journeys,
       a.workflows
  FROM projections.audits AS a
 ORDER BY a.finished_at DESC
 LIMIT 1
