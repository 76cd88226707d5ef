-- The boards as they stood, under the names of the boards: what reads them now reads them then (`past/reader.py`).
CREATE SCHEMA past AUTHORIZATION putokaz_owner;
GRANT USAGE ON SCHEMA past TO putokaz_reader;
