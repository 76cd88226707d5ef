SELECT model, "position" FROM projections.positions WHERE model = ANY (%s)
