UPDATE projections.past_my_day_v1 AS r SET until_position = c.position, until_at = c.at
  FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[]) AS c (stream, part, position, at)
 WHERE r.stream_id = c.stream AND r.part = c.part AND r.until_position IS NULL
