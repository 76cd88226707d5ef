-- A worker that is frozen keeps its connection, and would keep its recipients' lines: the server ends it for us.
SELECT set_config('idle_session_timeout', %s, false)
