-- The streams of which something had happened at an instant that was recorded later only.
SELECT DISTINCT stream_kind, stream_id
  FROM projections.past_late_v1
 WHERE tstzrange(occurred_at, from_at) @> %(at)s::timestamptz
 ORDER BY stream_kind, stream_id
