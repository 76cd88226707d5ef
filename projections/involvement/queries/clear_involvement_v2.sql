DELETE FROM projections.involvement_v1 WHERE journey = ANY (%s::uuid[])
