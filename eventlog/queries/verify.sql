COPY (SELECT notification_id, originator_id, originator_version, topic, command_id, actor, recorded_at, state, chain
        FROM eventlog.stored_events ORDER BY notification_id) TO STDOUT (FORMAT BINARY)
