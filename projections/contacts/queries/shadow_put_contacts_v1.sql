INSERT INTO pg_temp.shadow_contacts_v1 SELECT * FROM json_populate_recordset(NULL::projections.contacts_v1, %s::json)
