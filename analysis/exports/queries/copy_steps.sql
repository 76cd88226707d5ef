-- Each occurrence of a step as it stood at a position (`copy_journeys` says how).
COPY (
    SELECT left(encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || uuid_send(r.stream_id))), 'hex'), 32),
           r.part, r.what, r.stage, r.occurrence, r.state, r.cause, r.at AT TIME ZONE 'UTC',
           r.from_at AT TIME ZONE 'UTC'
      FROM projections.past_flow_v1 AS r
     WHERE r.stream_id BETWEEN %(first)s::uuid AND %(last)s::uuid AND r.kind = 'step'
       AND r.from_position <= %(position)s AND coalesce(r.until_position > %(position)s, true)
     ORDER BY r.stream_id, r.part COLLATE "C", r.from_position
) TO STDOUT (FORMAT csv)
