-- Settings of a connection, and which database this is: a restored one has another number, whatever it is called.
SELECT c.system_identifier::text, d.oid::bigint, set_config('statement_timeout', %s, false),
       set_config('TimeZone', 'UTC', false)
  FROM pg_control_system() AS c CROSS JOIN pg_database AS d WHERE d.datname = current_database()
