-- What the log says of some streams of a kind against what the table holds of them and of any other id in their range.
WITH wanted AS (
    SELECT r.stream_id, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM json_populate_recordset(NULL::projections.past_stalled_board_v1, %(rows)s::json) AS r
     GROUP BY r.stream_id
), live AS (
    SELECT r.stream_id, count(*) AS n,
           sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r::text COLLATE "C"), 'UTF8')) AS digest
      FROM projections.past_stalled_board_v1 AS r
     WHERE r.stream_kind = %(kind)s AND (%(after)s::uuid IS NULL OR r.stream_id > %(after)s)
       AND (%(until)s::uuid IS NULL OR r.stream_id <= %(until)s)
     GROUP BY r.stream_id
)
SELECT stream_id, coalesce(w.n, 0), w.digest, coalesce(l.n, 0), l.digest
  FROM wanted AS w FULL JOIN live AS l USING (stream_id)
 ORDER BY stream_id
