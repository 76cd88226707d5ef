SELECT model, stream, first_version FROM projections.parked WHERE model = ANY (%s)
