INSERT INTO pg_temp.shadow_journey_file_v1 SELECT * FROM json_populate_recordset(NULL::projections.journey_file_v1, %s::json)
