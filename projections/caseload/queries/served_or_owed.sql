SELECT stream_id FROM projections.my_day_v2 WHERE stream_kind = 'journey' AND owner_staff = %(staff)s
 UNION
SELECT unnest(journeys) FROM projections.missions_v1 WHERE mission = ANY (%(missions)s::uuid[])
