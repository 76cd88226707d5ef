SELECT at, actor, what FROM vault.caller_reads WHERE contact = %s ORDER BY at
