DROP INDEX inscriptions_dossier;
CREATE INDEX inscriptions_dossier ON inscriptions (dossier_id, nom_cle);
ALTER TABLE inscriptions DROP COLUMN prenom_cle;
