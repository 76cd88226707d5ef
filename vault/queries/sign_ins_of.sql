SELECT position, at, staff, actor, act, proof, device, session, chain,
       (SELECT count(*) FROM vault.sign_ins AS a WHERE a.staff = %(staff)s)
  FROM vault.sign_ins
 WHERE staff = %(staff)s AND (%(before)s::bigint IS NULL OR position < %(before)s)
 ORDER BY position DESC LIMIT %(most)s
