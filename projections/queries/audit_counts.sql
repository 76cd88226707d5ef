SELECT f.fault, f.mended, count(*)
  FROM projections.audits AS a
  JOIN projections.audit_findings AS f USING (audit)
 WHERE a.finished_at > clock_timestamp() - make_interval(secs => %(seconds)s)
 GROUP BY f.fault, f.mended
