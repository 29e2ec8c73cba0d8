DROP INDEX televersements_ouverts;
ALTER TABLE televersements DROP COLUMN reference;
