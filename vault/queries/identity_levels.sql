SELECT g.value, (SELECT coalesce(max(i.change), 0) FROM vault.identities AS i) FROM vault.generation AS g
