ALTER TABLE televersements ADD COLUMN metadonnees TEXT;
