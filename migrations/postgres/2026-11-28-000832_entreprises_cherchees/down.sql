DROP INDEX adherents_raison;
ALTER TABLE adherents DROP COLUMN raison_cle;
