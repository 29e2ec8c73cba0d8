CREATE TABLE clients_api (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT clients_api_compte_existe REFERENCES utilisateurs (id),
    adherent_id BLOB NOT NULL CONSTRAINT clients_api_adherent_existe REFERENCES adherents (id),
    nom TEXT NOT NULL,
    logiciel TEXT NOT NULL,
    scopes TEXT NOT NULL,
    adresses TEXT NOT NULL,
    expire_le TEXT,
    cree_par BLOB NOT NULL CONSTRAINT clients_api_auteur_existe REFERENCES utilisateurs (id),
    cree_le TEXT NOT NULL,
    revoque_le TEXT
) STRICT;
CREATE INDEX clients_api_adherent ON clients_api (adherent_id, id);

CREATE TABLE secrets_api (
    id BLOB NOT NULL PRIMARY KEY,
    client_id BLOB NOT NULL CONSTRAINT secrets_api_client_existe REFERENCES clients_api (id),
    sha256 BLOB NOT NULL CONSTRAINT secrets_api_sha256_unique UNIQUE,
    prefixe TEXT NOT NULL,
    fin TEXT NOT NULL,
    cree_le TEXT NOT NULL,
    expire_le TEXT
) STRICT;
CREATE INDEX secrets_api_client ON secrets_api (client_id);

CREATE TABLE cles_client_api (
    id BLOB NOT NULL PRIMARY KEY,
    client_id BLOB NOT NULL CONSTRAINT cles_client_api_client_existe REFERENCES clients_api (id),
    kid TEXT NOT NULL,
    alg TEXT NOT NULL CONSTRAINT cles_client_api_alg_connu CHECK (alg IN ('ES256', 'EdDSA')),
    jwk TEXT NOT NULL,
    cree_le TEXT NOT NULL,
    CONSTRAINT cles_client_api_kid_unique UNIQUE (client_id, kid)
) STRICT;

CREATE TABLE usages_api (
    client_id BLOB NOT NULL CONSTRAINT usages_api_client_existe REFERENCES clients_api (id),
    jour TEXT NOT NULL,
    appels INTEGER NOT NULL,
    erreurs_client INTEGER NOT NULL,
    erreurs_serveur INTEGER NOT NULL,
    dernier_le TEXT NOT NULL,
    derniere_adresse TEXT NOT NULL,
    PRIMARY KEY (client_id, jour)
) STRICT;
