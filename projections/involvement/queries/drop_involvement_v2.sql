DELETE FROM projections.involvement_v2 AS r USING unnest(%s::uuid[], %s::text[]) AS gone (journey, part)
 WHERE r.journey = gone.journey AND r.part = gone.part
