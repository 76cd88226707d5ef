UPDATE vault.sign_in_letters SET told_at = clock_timestamp() WHERE position = ANY (%s::bigint[])
