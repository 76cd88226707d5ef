UPDATE vault.data_keys SET wrapped = NULL, destroyed_at = clock_timestamp()
 WHERE stream = %(stream)s AND (%(compartment)s::text IS NULL OR compartment = %(compartment)s)
   AND destroyed_at IS NULL
