CREATE TABLE adresses_api (
    client_id uuid NOT NULL CONSTRAINT adresses_api_client_existe REFERENCES clients_api (id),
    jour date NOT NULL,
    adresse text NOT NULL,
    appels bigint NOT NULL,
    refus bigint NOT NULL,
    derniere_le timestamp NOT NULL,
    PRIMARY KEY (client_id, jour, adresse)
);
CREATE INDEX adresses_api_jour ON adresses_api (jour);
