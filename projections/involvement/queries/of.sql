SELECT journey, role, involvement, staff FROM projections.involvement_v1 WHERE staff = ANY (%(people)s::uuid[])
