SELECT "position" FROM projections.positions WHERE model = 'relay'
