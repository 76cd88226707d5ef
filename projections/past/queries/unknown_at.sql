-- The streams of which something had happened at an instant that was recorded later only. A correction without a time of
-- its own is of the time of what it corrects, which the log says: before that nothing had happened of either. Where the
-- log does not say it in so many words (a correction of a correction, an older body), it may have been at any time.
WITH late AS MATERIALIZED (
    SELECT stream_kind, stream_id, version, occurred_at, from_position
      FROM projections.past_late_v1
     WHERE tstzrange(occurred_at, from_at) @> %(at)s::timestamptz
), corrections AS MATERIALIZED (
    SELECT l.stream_kind, l.stream_id, e.originator_id,
           (convert_from(e.state, 'UTF8')::jsonb ->> 'corrects')::bigint AS corrects
      FROM late AS l
      JOIN eventlog.stored_events AS e ON e.notification_id = l.from_position
     WHERE l.occurred_at IS NULL
)
SELECT DISTINCT stream_kind, stream_id
  FROM (
    SELECT stream_kind, stream_id FROM late WHERE occurred_at IS NOT NULL
    UNION ALL
    SELECT c.stream_kind, c.stream_id
      FROM corrections AS c
      LEFT JOIN eventlog.stored_events AS o ON o.originator_id = c.originator_id AND o.originator_version = c.corrects
      LEFT JOIN LATERAL (SELECT convert_from(o.state, 'UTF8')::jsonb AS body) AS b ON true
     WHERE CASE WHEN o.notification_id IS NULL OR b.body ? 'corrects' THEN true
                ELSE coalesce((b.body ->> 'occurred_at')::timestamptz, o.recorded_at) <= %(at)s END
  ) AS found
 ORDER BY stream_kind, stream_id
