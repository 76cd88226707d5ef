UPDATE projections.parked SET tried_at = clock_timestamp(), error = %s WHERE model = %s AND stream = %s
