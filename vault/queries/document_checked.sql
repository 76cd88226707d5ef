UPDATE vault.documents SET checked_at = clock_timestamp() WHERE document = %s AND kept
