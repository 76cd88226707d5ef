-- What the log says of some members of staff against what the table holds of them and of any other id in their range.
WITH wanted AS (
    SELECT r.staff, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM json_populate_recordset(NULL::projections.attendance_v1, %(rows)s::json) AS r
     GROUP BY r.staff
), live AS (
    SELECT r.staff, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM projections.attendance_v1 AS r
     WHERE (%(after)s::uuid IS NULL OR r.staff > %(after)s)
       AND (%(until)s::uuid IS NULL OR r.staff <= %(until)s)
     GROUP BY r.staff
)
SELECT staff, coalesce(w.n, 0), w.digest, coalesce(l.n, 0), l.digest
  FROM wanted AS w FULL JOIN live AS l USING (staff)
 ORDER BY staff
