-- Every state of everything that journeys went through, up to a position (`copy_journeys` says how). What ended later
-- had not ended then.
COPY (
    SELECT left(encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || uuid_send(r.stream_id))), 'hex'), 32),
           r.kind, r.part, r.what, r.stage, r.occurrence, r.state, r.cause, r.at AT TIME ZONE 'UTC', r.pathway,
           r.pathway_version, r.from_at AT TIME ZONE 'UTC',
           CASE WHEN r.until_position <= %(position)s THEN r.until_at AT TIME ZONE 'UTC' END
      FROM projections.past_flow_v1 AS r
     WHERE r.stream_id BETWEEN %(first)s::uuid AND %(last)s::uuid AND r.from_position <= %(position)s
     ORDER BY r.stream_id, r.part COLLATE "C", r.from_position
) TO STDOUT (FORMAT csv)
