SELECT model, "position" FROM projections.positions WHERE model = ANY (%(models)s) ORDER BY model FOR UPDATE
