UPDATE projections.past_journey_list_v1 AS r SET until_position = c.position, until_at = c.at
  FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[]) AS c (stream, part, position, at)
 WHERE r.journey = c.stream AND r.until_position IS NULL
