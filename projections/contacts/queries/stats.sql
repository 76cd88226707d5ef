-- Every count of a span of days in one statement, so that they are of one instant and add up.
WITH counted AS MATERIALIZED (
    SELECT * FROM projections.contacts_v1 WHERE contacted_on >= %(first)s AND contacted_on < %(end)s
)
SELECT 'total', '', count(*) FROM counted
UNION ALL SELECT 'caller', caller, count(*) FROM counted GROUP BY caller
UNION ALL SELECT 'topic', topic, count(*) FROM counted, unnest(topics) AS topic GROUP BY topic
UNION ALL SELECT 'topic', '', count(*) FROM counted WHERE topics = '{}' HAVING count(*) > 0
UNION ALL SELECT 'language', language, count(*) FROM counted GROUP BY language
UNION ALL SELECT 'urgency', urgency, count(*) FROM counted GROUP BY urgency
UNION ALL SELECT 'channel', channel, count(*) FROM counted GROUP BY channel
UNION ALL SELECT 'next-step', next_step, count(*) FROM counted GROUP BY next_step
UNION ALL SELECT 'promised', '', coalesce(sum(promises), 0) FROM counted
UNION ALL SELECT 'kept', '', coalesce(sum(kept), 0) FROM counted
UNION ALL SELECT 'dangers', '', coalesce(sum(dangers), 0) FROM counted
UNION ALL SELECT 'reports', '', coalesce(sum(reports), 0) FROM counted
UNION ALL SELECT 'attached', '', count(*) FROM counted WHERE journeys <> '{}'
