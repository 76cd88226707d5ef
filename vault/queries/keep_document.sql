-- Keeps an upload, unless another one of this document is kept or the key was destroyed.
UPDATE vault.documents AS d
   SET kept = true, pieces = %(pieces)s, size = %(size)s, sha256 = %(sha256)s, sealed = %(sealed)s
 WHERE d.upload = %(upload)s
   AND NOT EXISTS (SELECT FROM vault.documents AS o WHERE o.document = d.document AND o.kept)
   AND EXISTS (SELECT FROM vault.data_keys AS k WHERE k.key_id = d.key_id AND k.destroyed_at IS NULL)
RETURNING d.upload
