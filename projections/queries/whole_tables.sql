-- For the rest of a transaction that reads whole tables. Those may be new, without statistics: a nested loop that looks
-- good for an empty table took minutes for 60,000 rows, where hashing takes a second.
SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)
