CREATE TABLE informations (
    id uuid NOT NULL PRIMARY KEY,
    titre text NOT NULL,
    corps text NOT NULL,
    publiee_le timestamp NOT NULL
);
CREATE INDEX informations_publiees ON informations (publiee_le);

CREATE TABLE guides (
    id uuid NOT NULL PRIMARY KEY,
    titre text NOT NULL,
    nom text NOT NULL,
    format text NOT NULL,
    taille bigint NOT NULL,
    blob text NOT NULL,
    rang integer NOT NULL
);

CREATE TABLE services (
    id uuid NOT NULL PRIMARY KEY,
    theme text NOT NULL,
    theme_rang integer NOT NULL,
    titre text NOT NULL,
    corps text NOT NULL,
    rang integer NOT NULL
);
