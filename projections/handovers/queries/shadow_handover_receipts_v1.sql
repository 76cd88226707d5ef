-- With every constraint and index of the live table: what that would refuse is refused here already.
CREATE TEMPORARY TABLE shadow_handover_receipts_v1 (LIKE projections.handover_receipts_v1 INCLUDING ALL)
