SELECT count(*) FROM vault.accesses
 WHERE actor = %s AND kind = 'reveal' AND at > clock_timestamp() - interval '1 hour'
