CREATE TABLE acces_retires (
    utilisateur_id BLOB NOT NULL CONSTRAINT acces_retires_utilisateur_existe REFERENCES utilisateurs (id),
    etablissement_id BLOB NOT NULL CONSTRAINT acces_retires_etablissement_existe REFERENCES etablissements (id),
    PRIMARY KEY (utilisateur_id, etablissement_id)
) STRICT;
