SELECT DISTINCT pathway, pathway_version FROM projections.journey_list_v1 ORDER BY 1, 2
