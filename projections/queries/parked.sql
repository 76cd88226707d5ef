SELECT model, stream, first_version, first_position, last_version, last_position, topic, error, parked_at, tried_at
  FROM projections.parked ORDER BY parked_at, model, stream
