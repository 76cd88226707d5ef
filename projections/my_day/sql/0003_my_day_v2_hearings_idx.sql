-- For the agenda of hearings: all of them, whoever has them, by their date.
CREATE INDEX my_day_v2_hearings_idx ON projections.my_day_v2 (appointment, stream_id, part) WHERE kind = 'hearing';
