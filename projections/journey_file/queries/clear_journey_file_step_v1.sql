DELETE FROM projections.journey_file_step_v1 WHERE journey = ANY (%s::uuid[])
