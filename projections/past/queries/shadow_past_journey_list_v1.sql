-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_past_journey_list_v1 (LIKE projections.past_journey_list_v1 INCLUDING ALL)
