SELECT vault.log_staff_change(%(actor)s::uuid, %(staff)s::uuid, %(kind)s::text, %(command_id)s::uuid,
                              %(change_key)s::uuid, %(change)s::bytea)
