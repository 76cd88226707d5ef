SELECT position, at, staff, actor, act, proof, device, session, chain FROM vault.sign_ins
 WHERE position > %(position)s ORDER BY position LIMIT %(most)s
