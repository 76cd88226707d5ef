SELECT version, at, actor FROM vault.identity_versions WHERE journey = %s ORDER BY version
