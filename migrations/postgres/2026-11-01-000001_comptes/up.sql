CREATE TABLE utilisateurs (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL CONSTRAINT utilisateurs_email_unique UNIQUE,
    prenom text NOT NULL,
    nom text NOT NULL,
    fonction text NOT NULL,
    telephone text NOT NULL,
    cote text NOT NULL CONSTRAINT utilisateurs_cote_connu CHECK (cote IN ('membre', 'gestionnaire', 'administrateur_opco')),
    mot_de_passe text,
    email_confirme_le timestamp,
    suspendu_le timestamp,
    cree_le timestamp NOT NULL
);

CREATE TABLE adherents (
    id uuid NOT NULL PRIMARY KEY,
    numero text NOT NULL CONSTRAINT adherents_numero_unique UNIQUE,
    raison_sociale text NOT NULL,
    siren text NOT NULL,
    gestionnaire_id uuid CONSTRAINT adherents_gestionnaire_existe REFERENCES utilisateurs (id)
);
CREATE INDEX adherents_gestionnaire ON adherents (gestionnaire_id);

CREATE TABLE etablissements (
    id uuid NOT NULL PRIMARY KEY,
    adherent_id uuid NOT NULL CONSTRAINT etablissements_adherent_existe REFERENCES adherents (id),
    siret text NOT NULL CONSTRAINT etablissements_siret_unique UNIQUE,
    nom text NOT NULL
);
CREATE INDEX etablissements_adherent ON etablissements (adherent_id);

CREATE TABLE rattachements (
    utilisateur_id uuid NOT NULL CONSTRAINT rattachements_utilisateur_existe REFERENCES utilisateurs (id),
    etablissement_id uuid NOT NULL CONSTRAINT rattachements_etablissement_existe REFERENCES etablissements (id),
    adherent_id uuid NOT NULL CONSTRAINT rattachements_adherent_existe REFERENCES adherents (id),
    role text NOT NULL CONSTRAINT rattachements_role_connu CHECK (role IN ('lecteur', 'contributeur', 'administrateur')),
    PRIMARY KEY (utilisateur_id, etablissement_id)
);
CREATE INDEX rattachements_etablissement ON rattachements (etablissement_id);

CREATE TABLE contacts (
    adherent_id uuid NOT NULL CONSTRAINT contacts_adherent_existe REFERENCES adherents (id),
    utilisateur_id uuid NOT NULL CONSTRAINT contacts_utilisateur_existe REFERENCES utilisateurs (id),
    rang integer NOT NULL,
    PRIMARY KEY (adherent_id, utilisateur_id)
);

CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    jeton_sha256 bytea NOT NULL CONSTRAINT sessions_jeton_unique UNIQUE,
    utilisateur_id uuid NOT NULL CONSTRAINT sessions_utilisateur_existe REFERENCES utilisateurs (id),
    appareil text NOT NULL,
    adresse text NOT NULL,
    ouverte_le timestamp NOT NULL,
    vue_le timestamp NOT NULL,
    expire_le timestamp NOT NULL
);
CREATE INDEX sessions_utilisateur ON sessions (utilisateur_id);

CREATE TABLE jetons (
    jeton_sha256 bytea NOT NULL PRIMARY KEY,
    utilisateur_id uuid NOT NULL CONSTRAINT jetons_utilisateur_existe REFERENCES utilisateurs (id),
    usage text NOT NULL CONSTRAINT jetons_usage_connu CHECK (usage IN ('confirmation', 'reinitialisation')),
    expire_le timestamp NOT NULL,
    utilise_le timestamp
);
CREATE INDEX jetons_utilisateur ON jetons (utilisateur_id, usage);

CREATE TABLE tentatives (
    cle bytea NOT NULL PRIMARY KEY,
    nombre integer NOT NULL,
    debut_le timestamp NOT NULL,
    bloquee_jusqu_a timestamp
);

CREATE TABLE favoris (
    utilisateur_id uuid NOT NULL CONSTRAINT favoris_utilisateur_existe REFERENCES utilisateurs (id),
    outil text NOT NULL,
    rang integer NOT NULL,
    PRIMARY KEY (utilisateur_id, outil)
);
