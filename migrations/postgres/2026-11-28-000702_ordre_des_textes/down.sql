ALTER TABLE cles_signature ALTER COLUMN kid TYPE text COLLATE "default";
ALTER TABLE adresses_api ALTER COLUMN adresse TYPE text COLLATE "default";
ALTER TABLE services ALTER COLUMN theme TYPE text COLLATE "default";
ALTER TABLE utilisateurs ALTER COLUMN email TYPE text COLLATE "default";
ALTER TABLE etablissements ALTER COLUMN nom TYPE text COLLATE "default";
ALTER TABLE adherents ALTER COLUMN raison_sociale TYPE text COLLATE "default";
ALTER TABLE dispositifs ALTER COLUMN code TYPE text COLLATE "default";
ALTER TABLE types_pieces ALTER COLUMN dispositif TYPE text COLLATE "default";
ALTER TABLE inscriptions ALTER COLUMN nom_cle TYPE text COLLATE "default";
ALTER TABLE dossiers
    ALTER COLUMN dispositif TYPE text COLLATE "default",
    ALTER COLUMN demande_numero TYPE text COLLATE "default",
    ALTER COLUMN numero TYPE text COLLATE "default";
