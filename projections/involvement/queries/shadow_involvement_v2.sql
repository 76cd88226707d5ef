-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_involvement_v2 (LIKE projections.involvement_v2 INCLUDING ALL)
