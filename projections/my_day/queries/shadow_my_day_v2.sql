-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_my_day_v2 (LIKE projections.my_day_v2 INCLUDING ALL)
