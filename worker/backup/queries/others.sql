-- Who else works with these databases.
SELECT datname, coalesce(nullif(application_name, ''), usename, '?'), count(*)
  FROM pg_stat_activity
 WHERE datname = ANY (%s) AND pid <> pg_backend_pid() AND backend_type = 'client backend'
 GROUP BY 1, 2 ORDER BY 1, 2
