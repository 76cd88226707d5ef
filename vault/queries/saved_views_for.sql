SELECT v.id, v.owner, v.version, v.key_id, v.sealed, d.view IS NOT NULL AS is_default
  FROM vault.saved_views AS v
  LEFT JOIN vault.default_views AS d ON d.view = v.id AND d.staff = %(staff)s
 WHERE v.owner = %(staff)s OR v.owner IS NULL
