SELECT k.key_id, k.kek_id, k.wrapped, g.value
  FROM vault.generation AS g
  LEFT JOIN vault.data_keys AS k ON k.stream = %s AND k.compartment = %s AND k.destroyed_at IS NULL
