ALTER TABLE documents DROP COLUMN avant;
