SELECT journey FROM projections.journey_list_v1 WHERE caseworker = ANY (%(people)s::uuid[])
