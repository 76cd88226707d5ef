-- The newest first; a journey that was mended for the same reason more than once is named once.
SELECT f.stream, f.fault, true
  FROM projections.audits AS a
  JOIN projections.audit_findings AS f USING (audit)
 WHERE a.finished_at > clock_timestamp() - make_interval(secs => %(seconds)s) AND f.mended
 GROUP BY f.stream, f.fault
 ORDER BY max(a.finished_at) DESC, f.stream
