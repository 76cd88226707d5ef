SELECT vault.log_sign_in(%(staff)s::uuid, %(actor)s::uuid, %(act)s::text, %(proof)s::text, %(device)s::text,
                         %(session)s::uuid, %(tell)s::boolean)
