DELETE FROM projections.parked WHERE model = %s AND stream = %s
