-- Tables that ever held a row. Not counted: what an installer or a projector makes by itself.
SELECT format('%s.%s', n.nspname, c.relname)
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'projections')
   AND n.nspname NOT LIKE 'pg\_%' AND (n.nspname, c.relname) NOT IN (('public', 'putokaz_installed'), ('vault', 'generation'))
   AND pg_relation_size(c.oid) > 0
 ORDER BY 1
