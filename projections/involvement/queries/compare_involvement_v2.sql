-- What the log says of some journeys against what the table holds of them and of any other id in their range.
WITH wanted AS (
    SELECT r.journey, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM json_populate_recordset(NULL::projections.involvement_v2, %(rows)s::json) AS r
     GROUP BY r.journey
), live AS (
    SELECT r.journey, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM projections.involvement_v2 AS r
     WHERE (%(after)s::uuid IS NULL OR r.journey > %(after)s) AND (%(until)s::uuid IS NULL OR r.journey <= %(until)s)
     GROUP BY r.journey
)
SELECT journey, coalesce(w.n, 0), w.digest, coalesce(l.n, 0), l.digest
  FROM wanted AS w FULL JOIN live AS l USING (journey)
 ORDER BY journey
