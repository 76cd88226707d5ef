SELECT vault.log_access(%(actor)s::uuid, %(kind)s::text, %(journeys)s::uuid[], %(fields)s::text[], %(purpose)s::text,
                        %(query)s::bytea, %(key_id)s::uuid, %(sealed)s::bytea)
