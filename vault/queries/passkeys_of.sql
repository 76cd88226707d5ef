SELECT id, staff, credential_id, key_id, sealed, counter, added_at, last_used_at
  FROM vault.passkeys WHERE staff = %s ORDER BY added_at, id
