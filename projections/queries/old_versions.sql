-- Versions of read models that once were filled here, besides those of this release.
SELECT model FROM projections.positions WHERE model <> ALL (%s::text[]) ORDER BY model
