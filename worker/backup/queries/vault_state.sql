SELECT pg_export_snapshot(), array(SELECT DISTINCT encode(kek_id, 'hex') FROM vault.data_keys WHERE wrapped IS NOT NULL),
       (SELECT count(*) FROM vault.data_keys WHERE wrapped IS NOT NULL)
