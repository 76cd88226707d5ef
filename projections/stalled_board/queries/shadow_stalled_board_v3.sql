-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_stalled_board_v3 (LIKE projections.stalled_board_v3 INCLUDING ALL)
