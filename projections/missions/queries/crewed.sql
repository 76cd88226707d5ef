SELECT mission FROM projections.missions_v1
 WHERE phase = ANY (%(open)s::text[]) AND (team @> ARRAY[%(staff)s::uuid] OR lead = %(staff)s)
