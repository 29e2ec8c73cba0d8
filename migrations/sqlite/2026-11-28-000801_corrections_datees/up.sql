-- What is to be put right may be awaited for a day, as a piece that is asked for.
ALTER TABLE documents ADD COLUMN avant TEXT;
