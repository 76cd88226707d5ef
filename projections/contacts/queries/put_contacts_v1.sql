INSERT INTO projections.contacts_v1
SELECT * FROM json_populate_recordset(NULL::projections.contacts_v1, %s::json)
ON CONFLICT (stream_id) DO UPDATE SET
    channel = excluded.channel, caller = excluded.caller, topics = excluded.topics, language = excluded.language,
    urgency = excluded.urgency, next_step = excluded.next_step, may_call = excluded.may_call, open = excluded.open,
    due_at = excluded.due_at, promises = excluded.promises, kept = excluded.kept, dangers = excluded.dangers,
    dangers_open = excluded.dangers_open, reports = excluded.reports, journeys = excluded.journeys,
    details = excluded.details, changed_at = excluded.changed_at, version = excluded.version
