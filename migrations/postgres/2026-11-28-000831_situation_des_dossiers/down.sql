DROP INDEX dossiers_etablissement_situation;
ALTER TABLE dossiers DROP COLUMN situation;
