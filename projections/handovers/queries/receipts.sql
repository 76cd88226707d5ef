-- What was refused is read first: somebody has to see to it.
WITH found AS NOT MATERIALIZED (
    SELECT *, CASE status WHEN 'refused' THEN 1 WHEN 'under-way' THEN 2 ELSE 3 END AS rank
      FROM projections.handover_receipts_v1
     WHERE handover = %(handover)s
)
SELECT t.total, p.item, p.stream_kind, p.stream_id, p.code, p.part, p.role, p.successor, p.status, p.refused,
       p.found_at, p.settled_at
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT * FROM found
     WHERE %(rank)s::integer IS NULL OR (rank, item) > (%(rank)s, %(item)s::text)
     ORDER BY rank, item
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.rank, p.item
