INSERT INTO projections.handover_receipts_v1
SELECT * FROM json_populate_recordset(NULL::projections.handover_receipts_v1, %s::json)
ON CONFLICT (handover, item) DO UPDATE SET
    stream_kind = excluded.stream_kind, stream_id = excluded.stream_id, code = excluded.code, part = excluded.part,
    role = excluded.role, successor = excluded.successor, status = excluded.status, refused = excluded.refused,
    found_at = excluded.found_at, settled_at = excluded.settled_at
