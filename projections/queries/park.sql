INSERT INTO projections.parked (model, stream, first_version, first_position, last_version, last_position, topic, error)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
                     %s::text[])
ON CONFLICT (model, stream) DO UPDATE SET
    last_version = excluded.last_version, last_position = excluded.last_position
