-- How many journeys a cohort has.
SELECT count(*)
  FROM projections.journey_list_v1
 WHERE (%(pathway)s::text IS NULL OR pathway = %(pathway)s)
   AND (%(opened_from)s::timestamptz IS NULL OR opened_at >= %(opened_from)s)
   AND (%(opened_before)s::timestamptz IS NULL OR opened_at < %(opened_before)s)
   AND opened_at <= %(at)s
