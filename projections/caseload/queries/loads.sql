-- A person with two roles in a journey holds two things of one stream.
SELECT staff, count(*), count(DISTINCT stream_id), count(DISTINCT stream_id) FILTER (WHERE stalled)
  FROM projections.caseload_v1
 GROUP BY staff
