-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_past_my_day_v1 (LIKE projections.past_my_day_v1 INCLUDING ALL)
