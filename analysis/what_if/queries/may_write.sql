-- What this role may change of the log and the read models: nothing, or a what-if does not begin. A function that the
-- role may call and that runs with the rights of its owner counts as well, unless it only reads (eventlog.now).
SELECT n.nspname || '.' || c.relname AS what
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('eventlog', 'projections', 'past')
   AND c.relkind IN ('r', 'p', 'v', 'f')
   AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
 UNION ALL
SELECT n.nspname || '.' || p.proname
  FROM pg_proc AS p
  JOIN pg_namespace AS n ON n.oid = p.pronamespace
 WHERE n.nspname IN ('eventlog', 'projections', 'past')
   AND p.prosecdef
   AND p.provolatile = 'v'
   AND has_schema_privilege(n.oid, 'USAGE')
   AND has_function_privilege(p.oid, 'EXECUTE')
 ORDER BY 1
