-- Losing the last pages in a crash of the server costs nothing: position and rows are lost together and made again.
-- A client that vanished must not hold its leases, nor one that froze its locks.
SELECT set_config('synchronous_commit', 'off', false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false)
