-- Nothing where the key was destroyed meanwhile, or the upload was removed.
INSERT INTO vault.document_pieces (upload, position, sealed)
SELECT d.upload, %(position)s, %(sealed)s
  FROM vault.documents AS d
  JOIN vault.data_keys AS k ON k.key_id = d.key_id AND k.destroyed_at IS NULL
 WHERE d.upload = %(upload)s AND NOT d.kept
   FOR SHARE
ON CONFLICT (upload, position) DO NOTHING
RETURNING position
