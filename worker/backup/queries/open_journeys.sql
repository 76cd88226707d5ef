SELECT journey FROM projections.journey_list_v1 WHERE phase = 'open'
