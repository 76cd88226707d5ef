WITH found AS NOT MATERIALIZED (
    SELECT *, coalesce(next_due_at, '9999-01-01+00'::timestamptz) AS due
      FROM projections.caseload_v1
     WHERE staff = %(staff)s
)
SELECT t.total, p.stream_kind, p.stream_id, p.code, p.part, p.role, p.staff, p.next_due_at, p.stalled
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT * FROM found
     WHERE %(after)s::timestamptz IS NULL
        OR (due, stream_id, part) > (%(after)s, %(after_stream)s::uuid, %(after_part)s::text)
     ORDER BY due, stream_id, part
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.due, p.stream_id, p.part
