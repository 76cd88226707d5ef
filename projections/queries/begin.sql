INSERT INTO projections.positions (model, "position") SELECT m, 0 FROM unnest(%s::text[]) AS m
ON CONFLICT (model) DO NOTHING
