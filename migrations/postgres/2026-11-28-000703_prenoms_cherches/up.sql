-- A trainee is looked for by first name too. New rows have their key from `db::recherche::cle`; it is made here of the rows that
-- are there, with the accents of French.
ALTER TABLE inscriptions ADD COLUMN prenom_cle text COLLATE "C" NOT NULL DEFAULT '';
UPDATE inscriptions SET prenom_cle = translate(lower(prenom), 'àâäçéèêëîïôöûü', 'aaaceeeeiioouu');
DROP INDEX inscriptions_dossier;
CREATE INDEX inscriptions_dossier ON inscriptions (dossier_id, nom_cle, prenom_cle);
