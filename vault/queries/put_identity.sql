SELECT vault.put_identity(%(journey)s::uuid, %(seen)s::bigint, %(key_id)s::uuid, %(sealed)s::bytea, %(actor)s::uuid)
