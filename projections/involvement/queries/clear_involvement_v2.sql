DELETE FROM projections.involvement_v2 WHERE journey = ANY (%s::uuid[])
