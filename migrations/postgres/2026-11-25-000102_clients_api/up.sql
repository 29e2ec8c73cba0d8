CREATE TABLE clients_api (
    id uuid NOT NULL PRIMARY KEY CONSTRAINT clients_api_compte_existe REFERENCES utilisateurs (id),
    adherent_id uuid NOT NULL CONSTRAINT clients_api_adherent_existe REFERENCES adherents (id),
    nom text NOT NULL,
    logiciel text NOT NULL,
    scopes text NOT NULL,
    adresses text NOT NULL,
    expire_le timestamp,
    cree_par uuid NOT NULL CONSTRAINT clients_api_auteur_existe REFERENCES utilisateurs (id),
    cree_le timestamp NOT NULL,
    revoque_le timestamp
);
CREATE INDEX clients_api_adherent ON clients_api (adherent_id, id);

CREATE TABLE secrets_api (
    id uuid NOT NULL PRIMARY KEY,
    client_id uuid NOT NULL CONSTRAINT secrets_api_client_existe REFERENCES clients_api (id),
    sha256 bytea NOT NULL CONSTRAINT secrets_api_sha256_unique UNIQUE,
    prefixe text NOT NULL,
    fin text NOT NULL,
    cree_le timestamp NOT NULL,
    expire_le timestamp
);
CREATE INDEX secrets_api_client ON secrets_api (client_id);

CREATE TABLE cles_client_api (
    id uuid NOT NULL PRIMARY KEY,
    client_id uuid NOT NULL CONSTRAINT cles_client_api_client_existe REFERENCES clients_api (id),
    kid text NOT NULL,
    alg text NOT NULL CONSTRAINT cles_client_api_alg_connu CHECK (alg IN ('ES256', 'EdDSA')),
    jwk text NOT NULL,
    cree_le timestamp NOT NULL,
    CONSTRAINT cles_client_api_kid_unique UNIQUE (client_id, kid)
);

CREATE TABLE usages_api (
    client_id uuid NOT NULL CONSTRAINT usages_api_client_existe REFERENCES clients_api (id),
    jour date NOT NULL,
    appels bigint NOT NULL,
    erreurs_client bigint NOT NULL,
    erreurs_serveur bigint NOT NULL,
    dernier_le timestamp NOT NULL,
    derniere_adresse text NOT NULL,
    PRIMARY KEY (client_id, jour)
);
