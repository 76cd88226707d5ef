-- Nothing where the key was destroyed meanwhile.
INSERT INTO vault.documents (upload, document, journey, compartment, key_id)
SELECT %(upload)s, %(document)s, %(journey)s, %(compartment)s, k.key_id
  FROM vault.data_keys AS k WHERE k.key_id = %(key_id)s AND k.destroyed_at IS NULL
   FOR SHARE
RETURNING upload
