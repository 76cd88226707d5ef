-- The flow of a cohort as known at log position `position`: one row per figure, with what it is of.
-- A visit is one occurrence of a step or one stay in a stage. An end follows its event (2p), a begin comes after the end
-- that the same event made (2p + 1), unless the visit began and ended with one event (2p - 1).
WITH cohort AS MATERIALIZED (
    SELECT j.stream_id, j.state, j.cause, j.began_at, j.at,
           CASE WHEN j.state = 'closed' THEN j.at ELSE %(moment)s::timestamptz END AS until
      FROM projections.past_flow_v1 AS j
     WHERE j.kind = 'journey' AND j.state <> 'merged'
       AND j.from_position <= %(position)s AND (j.until_position IS NULL OR j.until_position > %(position)s)
       AND (%(opened_from)s::timestamptz IS NULL OR j.began_at >= %(opened_from)s)
       AND (%(opened_until)s::timestamptz IS NULL OR j.began_at < %(opened_until)s)
       AND (%(pathway)s::text IS NULL OR j.pathway = %(pathway)s)
       AND (%(version)s::integer IS NULL OR j.pathway_version = %(version)s)
       AND (%(reason)s::text IS NULL OR j.cause = %(reason)s)
       AND (%(stage)s::text IS NULL OR EXISTS (
               SELECT FROM projections.past_flow_v1 AS s
                WHERE s.stream_id = j.stream_id AND s.part = 'stage:' || %(stage)s AND s.from_position <= %(position)s))
), states AS MATERIALIZED (
    SELECT r.*, r.until_position IS NULL OR r.until_position > %(position)s AS stands
      FROM projections.past_flow_v1 AS r JOIN cohort AS c USING (stream_id)
     WHERE r.from_position <= %(position)s
), told AS (
    SELECT DISTINCT ON (stream_id, part, occurrence)
           stream_id, kind, what, stage, occurrence, state, cause, began_at, at,
           from_position AS ended_position,
           min(from_position) OVER (PARTITION BY stream_id, part, occurrence) AS began_position,
           min(from_at) OVER (PARTITION BY stream_id, part, occurrence) AS began_recorded_at,
           max(occurrence) FILTER (WHERE stands) OVER (PARTITION BY stream_id, part) AS occurrences
      FROM states
     WHERE kind IN ('journey', 'stage', 'step')
     ORDER BY stream_id, part, occurrence, from_position DESC
), visits AS MATERIALIZED (  -- an occurrence that a correction took away did not happen
    SELECT t.*, t.kind || ':' || t.what AS node,
           CASE WHEN t.state = ANY (%(finished)s::text[]) THEN 'finished'
                WHEN t.state IN ('open', 'active') THEN 'open' ELSE 'left' END AS how
      FROM told AS t
     WHERE t.occurrence <= t.occurrences
), closings AS MATERIALIZED (
    SELECT stream_id, ended_position, at, 'closed:' || cause AS node
      FROM visits
     WHERE kind = 'journey' AND state = 'closed'
), nodes AS (
    SELECT v.kind, v.what, min(v.stage) AS stage,
           count(DISTINCT v.stream_id) AS journeys,
           count(*) AS visits,
           count(*) FILTER (WHERE v.how = 'finished') AS finished,
           count(*) FILTER (WHERE v.how = 'open' AND c.state = 'open') AS open,
           count(*) FILTER (WHERE v.how = 'left' AND x.stream_id IS NULL) AS stopped,
           count(*) FILTER (WHERE x.stream_id IS NOT NULL OR (v.how = 'open' AND c.state = 'closed')) AS closed_in,
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
               ORDER BY greatest(0, extract(epoch FROM v.at - v.began_at) / 86400.0)
           ) FILTER (WHERE v.how = 'finished') AS days
      FROM visits AS v
      JOIN cohort AS c USING (stream_id)
      LEFT JOIN closings AS x ON x.stream_id = v.stream_id AND x.ended_position = v.ended_position AND v.how = 'left'
     WHERE v.kind <> 'journey'
     GROUP BY v.kind, v.what
), begins AS MATERIALIZED (
    SELECT stream_id, node, began_at AS t,
           2 * began_position + CASE WHEN how = 'finished' AND began_position = ended_position THEN -1 ELSE 1 END AS k
      FROM visits
     WHERE kind <> 'journey'
    UNION ALL
    SELECT stream_id, node, at, 2 * ended_position + 1 FROM closings
), ends AS (
    SELECT stream_id, node, at AS t, 2 * ended_position AS k FROM visits WHERE kind = 'step' AND how = 'finished'
    UNION ALL
    SELECT stream_id, CASE WHEN occurrence = 1 THEN 'opened' ELSE 'reopened' END,
           CASE WHEN occurrence = 1 THEN began_at ELSE began_recorded_at END, 2 * began_position - 2
      FROM visits
     WHERE kind = 'journey'
), followed AS (
    SELECT p.*, min(p.t) FILTER (WHERE p.begins) OVER (
               PARTITION BY p.stream_id ORDER BY p.t DESC, p.k DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS next_t
      FROM (SELECT *, true AS begins FROM begins UNION ALL SELECT *, false FROM ends) AS p
), edges AS (
    SELECT e.node AS source, b.node AS target, count(*) AS times, count(DISTINCT e.stream_id) AS journeys,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM b.t - e.t) / 86400.0) AS days
      FROM followed AS e
      JOIN begins AS b ON b.stream_id = e.stream_id AND b.t = e.next_t AND (b.t > e.t OR b.k > e.k)
     WHERE NOT e.begins
     GROUP BY e.node, b.node
), waits AS (
    SELECT cause, count(*) AS times, count(DISTINCT stream_id) AS journeys,
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days) AS days, sum(days) AS total
      FROM (
        SELECT stream_id, cause,
               greatest(0, extract(epoch FROM
                   CASE WHEN bool_or(stands) THEN %(moment)s::timestamptz ELSE max(until_at) END - at) / 86400.0) AS days
          FROM states
         WHERE kind = 'step' AND state = 'open' AND cause IS NOT NULL
         GROUP BY stream_id, part, cause, at
      ) AS each_wait
     GROUP BY cause
), reached AS (
    SELECT stream_id, what, at FROM states WHERE kind = 'milestone' AND stands
), judged AS (
    SELECT s.stream_id, s.part, s.began_at, s.state, c.until,
           (SELECT min(o.from_at) FROM states AS o
             WHERE o.stream_id = s.stream_id AND o.part = s.part AND o.state = s.state) AS recorded_at
      FROM states AS s JOIN cohort AS c USING (stream_id)
     WHERE s.kind = 'proceedings' AND s.stands AND s.state <> 'entered-by-mistake'
), times AS (
    SELECT 'closure' AS curve, CASE WHEN state = 'closed' THEN cause END AS event, until - began_at AS after
      FROM cohort
    UNION ALL
    SELECT 'milestone:' || m.what, CASE WHEN r.at IS NOT NULL THEN 'reached' END, coalesce(r.at, c.until) - c.began_at
      FROM cohort AS c
     CROSS JOIN (SELECT DISTINCT what FROM reached) AS m
      LEFT JOIN reached AS r ON r.stream_id = c.stream_id AND r.what = m.what
    UNION ALL
    SELECT 'judgment', CASE WHEN state = ANY (%(judged)s::text[]) THEN 'judged' END,
           CASE WHEN state = ANY (%(over)s::text[]) THEN recorded_at ELSE until END - began_at
      FROM judged
)
SELECT 'cohort', jsonb_build_object(
           'journeys', count(*), 'open', count(*) FILTER (WHERE state = 'open'),
           'closed', count(*) FILTER (WHERE state = 'closed'))
  FROM cohort
UNION ALL
SELECT 'node', to_jsonb(n) FROM nodes AS n
UNION ALL
SELECT 'edge', to_jsonb(e) FROM edges AS e
UNION ALL
SELECT 'wait', to_jsonb(w) FROM waits AS w
UNION ALL
SELECT 'closing', jsonb_build_object('reason', cause, 'journeys', count(*)) FROM cohort WHERE state = 'closed' GROUP BY cause
UNION ALL
SELECT 'time', jsonb_build_object('curve', curve, 'event', event, 'count', count(*),
           'days', greatest(0, floor(extract(epoch FROM after) / 86400)))
  FROM times
 GROUP BY curve, event, greatest(0, floor(extract(epoch FROM after) / 86400))
