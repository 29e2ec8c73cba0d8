ALTER TABLE televersements DROP COLUMN metadonnees;
