CREATE TABLE adresses_api (
    client_id BLOB NOT NULL CONSTRAINT adresses_api_client_existe REFERENCES clients_api (id),
    jour TEXT NOT NULL,
    adresse TEXT NOT NULL,
    appels INTEGER NOT NULL,
    refus INTEGER NOT NULL,
    derniere_le TEXT NOT NULL,
    PRIMARY KEY (client_id, jour, adresse)
) STRICT;
CREATE INDEX adresses_api_jour ON adresses_api (jour);
