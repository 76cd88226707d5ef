-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_journey_file_step_v1 (LIKE projections.journey_file_step_v1 INCLUDING ALL)
