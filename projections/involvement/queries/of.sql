SELECT journey, role, involvement, staff FROM projections.involvement_v2
 WHERE staff = ANY (%(people)s::uuid[]) AND role IS NOT NULL
