CREATE TABLE informations (
    id BLOB NOT NULL PRIMARY KEY,
    titre TEXT NOT NULL,
    corps TEXT NOT NULL,
    publiee_le TEXT NOT NULL
) STRICT;
CREATE INDEX informations_publiees ON informations (publiee_le);

CREATE TABLE guides (
    id BLOB NOT NULL PRIMARY KEY,
    titre TEXT NOT NULL,
    nom TEXT NOT NULL,
    format TEXT NOT NULL,
    taille INTEGER NOT NULL,
    blob TEXT NOT NULL,
    rang INTEGER NOT NULL
) STRICT;

CREATE TABLE services (
    id BLOB NOT NULL PRIMARY KEY,
    theme TEXT NOT NULL,
    theme_rang INTEGER NOT NULL,
    titre TEXT NOT NULL,
    corps TEXT NOT NULL,
    rang INTEGER NOT NULL
) STRICT;
