-- The journey list as it stood at a position: the journeys of one slice of all ids, in their order. The pseudonym of an
-- id is its HMAC-SHA256 (RFC 2104), of which `inner` and `outer` are the padded key.
COPY (
    SELECT left(encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || uuid_send(r.journey))), 'hex'), 32),
           r.pathway, r.pathway_version, r.phase, array_to_string(r.stages, ' '),
           left(encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || uuid_send(r.caseworker))), 'hex'), 32),
           r.next_step, r.next_role, r.next_due_on, r.stalled, r.stalled_since AT TIME ZONE 'UTC', r.closing_reason,
           r.opened_at AT TIME ZONE 'UTC', r.changed_at AT TIME ZONE 'UTC'
      FROM projections.past_journey_list_v1 AS r
     WHERE r.journey BETWEEN %(first)s::uuid AND %(last)s::uuid
       AND r.from_position <= %(position)s AND coalesce(r.until_position > %(position)s, true)
     ORDER BY r.journey
) TO STDOUT (FORMAT csv)
