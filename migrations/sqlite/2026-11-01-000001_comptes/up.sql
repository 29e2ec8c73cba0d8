CREATE TABLE utilisateurs (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL CONSTRAINT utilisateurs_email_unique UNIQUE,
    prenom TEXT NOT NULL,
    nom TEXT NOT NULL,
    fonction TEXT NOT NULL,
    telephone TEXT NOT NULL,
    cote TEXT NOT NULL CONSTRAINT utilisateurs_cote_connu CHECK (cote IN ('membre', 'gestionnaire', 'administrateur_opco')),
    mot_de_passe TEXT,
    email_confirme_le TEXT,
    suspendu_le TEXT,
    cree_le TEXT NOT NULL
) STRICT;

CREATE TABLE adherents (
    id BLOB NOT NULL PRIMARY KEY,
    numero TEXT NOT NULL CONSTRAINT adherents_numero_unique UNIQUE,
    raison_sociale TEXT NOT NULL,
    siren TEXT NOT NULL,
    gestionnaire_id BLOB CONSTRAINT adherents_gestionnaire_existe REFERENCES utilisateurs (id)
) STRICT;
CREATE INDEX adherents_gestionnaire ON adherents (gestionnaire_id);

CREATE TABLE etablissements (
    id BLOB NOT NULL PRIMARY KEY,
    adherent_id BLOB NOT NULL CONSTRAINT etablissements_adherent_existe REFERENCES adherents (id),
    siret TEXT NOT NULL CONSTRAINT etablissements_siret_unique UNIQUE,
    nom TEXT NOT NULL
) STRICT;
CREATE INDEX etablissements_adherent ON etablissements (adherent_id);

CREATE TABLE rattachements (
    utilisateur_id BLOB NOT NULL CONSTRAINT rattachements_utilisateur_existe REFERENCES utilisateurs (id),
    etablissement_id BLOB NOT NULL CONSTRAINT rattachements_etablissement_existe REFERENCES etablissements (id),
    adherent_id BLOB NOT NULL CONSTRAINT rattachements_adherent_existe REFERENCES adherents (id),
    role TEXT NOT NULL CONSTRAINT rattachements_role_connu CHECK (role IN ('lecteur', 'contributeur', 'administrateur')),
    PRIMARY KEY (utilisateur_id, etablissement_id)
) STRICT;
CREATE INDEX rattachements_etablissement ON rattachements (etablissement_id);

CREATE TABLE contacts (
    adherent_id BLOB NOT NULL CONSTRAINT contacts_adherent_existe REFERENCES adherents (id),
    utilisateur_id BLOB NOT NULL CONSTRAINT contacts_utilisateur_existe REFERENCES utilisateurs (id),
    rang INTEGER NOT NULL,
    PRIMARY KEY (adherent_id, utilisateur_id)
) STRICT;

CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    jeton_sha256 BLOB NOT NULL CONSTRAINT sessions_jeton_unique UNIQUE,
    utilisateur_id BLOB NOT NULL CONSTRAINT sessions_utilisateur_existe REFERENCES utilisateurs (id),
    appareil TEXT NOT NULL,
    adresse TEXT NOT NULL,
    ouverte_le TEXT NOT NULL,
    vue_le TEXT NOT NULL,
    expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_utilisateur ON sessions (utilisateur_id);

CREATE TABLE jetons (
    jeton_sha256 BLOB NOT NULL PRIMARY KEY,
    utilisateur_id BLOB NOT NULL CONSTRAINT jetons_utilisateur_existe REFERENCES utilisateurs (id),
    usage TEXT NOT NULL CONSTRAINT jetons_usage_connu CHECK (usage IN ('confirmation', 'reinitialisation')),
    expire_le TEXT NOT NULL,
    utilise_le TEXT
) STRICT;
CREATE INDEX jetons_utilisateur ON jetons (utilisateur_id, usage);

CREATE TABLE tentatives (
    cle BLOB NOT NULL PRIMARY KEY,
    nombre INTEGER NOT NULL,
    debut_le TEXT NOT NULL,
    bloquee_jusqu_a TEXT
) STRICT;

CREATE TABLE favoris (
    utilisateur_id BLOB NOT NULL CONSTRAINT favoris_utilisateur_existe REFERENCES utilisateurs (id),
    outil TEXT NOT NULL,
    rang INTEGER NOT NULL,
    PRIMARY KEY (utilisateur_id, outil)
) STRICT;
