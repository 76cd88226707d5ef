-- Partners that are told nothing any more since they did not answer, and the first day of that. Not those that somebody halted.
SELECT count(*), min(halted_at) FROM projections.webhook_endpoints WHERE halted_for IN ('failing', 'gone')
