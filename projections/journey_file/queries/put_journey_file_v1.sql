INSERT INTO projections.journey_file_v1
SELECT * FROM json_populate_recordset(NULL::projections.journey_file_v1, %s::json)
ON CONFLICT (journey) DO UPDATE SET
    version = excluded.version, "position" = excluded."position", document = excluded.document
