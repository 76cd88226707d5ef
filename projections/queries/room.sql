-- For this transaction: so long may a statement take, and so much may each of its sorts keep in memory.
SELECT set_config('statement_timeout', %s, true), set_config('work_mem', %s, true)
