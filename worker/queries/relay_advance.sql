INSERT INTO projections.positions AS known (model, "position")
VALUES ('relay', %s)
ON CONFLICT (model) DO UPDATE
SET "position" = greatest(known."position", excluded."position"), advanced_at = clock_timestamp()
