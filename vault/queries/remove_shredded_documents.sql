-- What nobody can open any more; some at a time.
DELETE FROM vault.documents
 WHERE upload IN (
    SELECT d.upload FROM vault.documents AS d
      JOIN vault.data_keys AS k ON k.key_id = d.key_id AND k.destroyed_at IS NOT NULL LIMIT 5
 )
