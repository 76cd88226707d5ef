SELECT k.stream, k.compartment, k.kek_id, k.wrapped, g.value
  FROM vault.data_keys AS k CROSS JOIN vault.generation AS g WHERE k.key_id = %s
