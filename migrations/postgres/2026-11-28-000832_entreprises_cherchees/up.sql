-- A company is looked for by its name. New rows have their key from `db::recherche::cle_de_raison`; it is made here of the rows
-- that are there, with the accents and the punctuation of French, and without the legal
-- form before it.
ALTER TABLE adherents ADD COLUMN raison_cle text COLLATE "C" NOT NULL DEFAULT '';
-- Capitals with accents are said too: some collations know nothing of them.
UPDATE adherents SET raison_cle = translate(raison_sociale, 'àâäçéèêëîïôöùûüÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ', 'aaaceeeeiioouuuaaaceeeeiioouuu');
UPDATE adherents SET raison_cle = replace(replace(replace(replace(raison_cle, 'Œ', 'oe'), 'œ', 'oe'), 'Æ', 'ae'), 'æ', 'ae');
UPDATE adherents SET raison_cle = trim(regexp_replace(lower(raison_cle), '[^[:alnum:]]+', ' ', 'g'));
UPDATE adherents SET raison_cle = substr(raison_cle, strpos(raison_cle, ' ') + 1)
    WHERE raison_cle LIKE '% %' AND split_part(raison_cle, ' ', 1) IN ('ets', 'etablissements', 'eurl', 'sa', 'sarl', 'sas', 'sasu', 'sci', 'scop', 'selarl', 'snc');
CREATE INDEX adherents_raison ON adherents (raison_cle, id);
