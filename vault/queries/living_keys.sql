-- The keys that are about to be destroyed, held so that none is made or wrapped anew meanwhile.
SELECT key_id FROM vault.data_keys
 WHERE stream = %(stream)s AND (%(compartment)s::text IS NULL OR compartment = %(compartment)s)
   AND destroyed_at IS NULL
   FOR UPDATE
