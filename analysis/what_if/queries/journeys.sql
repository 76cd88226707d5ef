-- The journeys of a cohort by id, some at a time. What they were at the moment in question their history says.
SELECT journey
  FROM projections.journey_list_v1
 WHERE (%(after)s::uuid IS NULL OR journey > %(after)s)
   AND (%(pathway)s::text IS NULL OR pathway = %(pathway)s)
   AND (%(opened_from)s::timestamptz IS NULL OR opened_at >= %(opened_from)s)
   AND (%(opened_before)s::timestamptz IS NULL OR opened_at < %(opened_before)s)
   AND opened_at <= %(at)s
 ORDER BY journey
 LIMIT %(limit)s
