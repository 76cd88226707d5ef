WITH gone AS (DELETE FROM projections.parked WHERE model = %(model)s)
DELETE FROM projections.positions WHERE model = %(model)s
