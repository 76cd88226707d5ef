-- Everything that a person owes with an appointment to keep, by its instant.
SELECT stream_kind, stream_id, part, code, date_version, appointment, zone
  FROM projections.my_day_v2
 WHERE owner_staff = %(staff)s::uuid AND appointment IS NOT NULL
 ORDER BY appointment, stream_id, part
