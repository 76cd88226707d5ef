-- Of the claims that were tried, the one that another stream holds for the longest.
SELECT held.resource, upper(held.during)
  FROM unnest(%(resources)s::uuid[], %(since)s::timestamptz[], %(until)s::timestamptz[]) AS tried (resource, since, until)
  JOIN eventlog.claims AS held
    ON held.resource = tried.resource AND held.during && tstzrange(tried.since, tried.until)
 WHERE held.stream <> %(stream)s
 ORDER BY upper(held.during) DESC, held.resource
 LIMIT 1
