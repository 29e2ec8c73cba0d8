-- A company is looked for by its name. New rows have their key from `db::recherche::cle_de_raison`; it is made here of the rows
-- that are there, with the accents and the punctuation of French, and without the legal
-- form before it.
ALTER TABLE adherents ADD COLUMN raison_cle TEXT NOT NULL DEFAULT '';
UPDATE adherents SET raison_cle = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(raison_sociale, 'À', 'a'), 'Â', 'a'), 'Ä', 'a'), 'à', 'a'), 'â', 'a'), 'ä', 'a'), 'Ç', 'c'), 'ç', 'c'), 'É', 'e'), 'È', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'é', 'e'), 'è', 'e'), 'ê', 'e'), 'ë', 'e'), 'Î', 'i'), 'Ï', 'i'), 'î', 'i'), 'ï', 'i'), 'Ô', 'o'), 'Ö', 'o'), 'ô', 'o'), 'ö', 'o');
UPDATE adherents SET raison_cle = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(raison_cle, 'Ù', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'û', 'u'), 'ü', 'u'), 'Œ', 'oe'), 'œ', 'oe'), 'Æ', 'ae'), 'æ', 'ae');
UPDATE adherents SET raison_cle = trim(lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(raison_cle, '–', ' '), '-', ' '), '''', ' '), '’', ' '), '.', ' '), ',', ' '), ';', ' '), ':', ' '), '&', ' '), '(', ' '), ')', ' '), '/', ' '), '+', ' '), ' ', ' '), '  ', ' '), '  ', ' '), '  ', ' ')));
UPDATE adherents SET raison_cle = substr(raison_cle, instr(raison_cle, ' ') + 1)
    WHERE raison_cle LIKE '% %' AND substr(raison_cle, 1, instr(raison_cle, ' ') - 1) IN ('ets', 'etablissements', 'eurl', 'sa', 'sarl', 'sas', 'sasu', 'sci', 'scop', 'selarl', 'snc');
CREATE INDEX adherents_raison ON adherents (raison_cle, id);
