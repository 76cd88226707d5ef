-- Everything that a person owes with an appointment to keep, by its instant.
SELECT journey, part, code, part_version, appointment
  FROM projections.my_day_v1
 WHERE owner_staff = %(staff)s::uuid AND appointment IS NOT NULL
 ORDER BY appointment, journey, part
