-- The hour before each reveal, so that an hour which begins at half past is one as well.
SELECT actor, reveals, at FROM (
    SELECT DISTINCT ON (actor) actor, reveals, at FROM (
        SELECT a.actor, a.at,
               count(*) OVER (PARTITION BY a.actor ORDER BY a.at RANGE BETWEEN interval '1 hour' PRECEDING
                              AND CURRENT ROW) AS reveals
          FROM vault.accesses AS a
         WHERE a.kind = 'reveal' AND a.at > %(since)s
    ) AS counted
     WHERE reveals > %(most)s
     ORDER BY actor, reveals DESC, at DESC
) AS most
 ORDER BY at DESC, actor
