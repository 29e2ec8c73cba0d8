-- Texts that are looked for by range or put in order: by their bytes, as SQLite does, whatever the collation of the
-- database. Under that of a language the numbers of one root are not between ‹ . › and ‹ / ›.
ALTER TABLE dossiers
    ALTER COLUMN numero TYPE text COLLATE "C",
    ALTER COLUMN demande_numero TYPE text COLLATE "C",
    ALTER COLUMN dispositif TYPE text COLLATE "C";
ALTER TABLE inscriptions ALTER COLUMN nom_cle TYPE text COLLATE "C";
-- What refers to a code is compared with it: all of one collation.
ALTER TABLE types_pieces ALTER COLUMN dispositif TYPE text COLLATE "C";
ALTER TABLE dispositifs ALTER COLUMN code TYPE text COLLATE "C";
ALTER TABLE adherents ALTER COLUMN raison_sociale TYPE text COLLATE "C";
ALTER TABLE etablissements ALTER COLUMN nom TYPE text COLLATE "C";
ALTER TABLE utilisateurs ALTER COLUMN email TYPE text COLLATE "C";
ALTER TABLE services ALTER COLUMN theme TYPE text COLLATE "C";
ALTER TABLE adresses_api ALTER COLUMN adresse TYPE text COLLATE "C";
ALTER TABLE cles_signature ALTER COLUMN kid TYPE text COLLATE "C";
-- What was known of how those texts are spread was of the other order.
ANALYZE dossiers, inscriptions;
