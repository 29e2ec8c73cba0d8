-- A trainee is looked for by first name too. New rows have their key from `db::recherche::cle`; it is made here of the rows that
-- are there, with the accents of French.
ALTER TABLE inscriptions ADD COLUMN prenom_cle TEXT NOT NULL DEFAULT '';
UPDATE inscriptions SET prenom_cle = lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(prenom, 'À', 'a'), 'Â', 'a'), 'Ä', 'a'), 'à', 'a'), 'â', 'a'), 'ä', 'a'), 'Ç', 'c'), 'ç', 'c'), 'É', 'e'), 'È', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'é', 'e'), 'è', 'e'), 'ê', 'e'), 'ë', 'e'), 'Î', 'i'), 'Ï', 'i'), 'î', 'i'), 'ï', 'i'), 'Ô', 'o'), 'Ö', 'o'), 'ô', 'o'), 'ö', 'o'), 'Û', 'u'), 'Ü', 'u'), 'û', 'u'), 'ü', 'u'));
DROP INDEX inscriptions_dossier;
CREATE INDEX inscriptions_dossier ON inscriptions (dossier_id, nom_cle, prenom_cle);
