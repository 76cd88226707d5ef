-- Versions of read models that once were filled here, besides those of this release.
-- The relay's position stands in the same table and is no read model.
SELECT model FROM projections.positions WHERE model <> ALL (%s::text[]) AND model ~ '_v[0-9]+$' ORDER BY model
