-- How many journeys that were opened in a period were known at a position.
SELECT count(*)
  FROM projections.past_journey_list_v1 AS r
 WHERE r.from_position <= %(position)s AND coalesce(r.until_position > %(position)s, true)
   AND coalesce(r.opened_at >= %(since)s::timestamptz, true) AND coalesce(r.opened_at < %(before)s::timestamptz, true)
