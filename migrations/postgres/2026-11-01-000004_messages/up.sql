CREATE TABLE messages (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT messages_dossier_existe REFERENCES dossiers (id),
    nature text NOT NULL CONSTRAINT messages_nature_connue CHECK (nature IN ('echange', 'automatique')),
    auteur_id uuid NOT NULL CONSTRAINT messages_auteur_existe REFERENCES utilisateurs (id),
    auteur_cote text NOT NULL,
    corps text NOT NULL,
    envoye_le timestamp NOT NULL
);
CREATE INDEX messages_dossier ON messages (dossier_id, id);

CREATE TABLE pieces_jointes (
    message_id uuid NOT NULL CONSTRAINT pieces_jointes_message_existe REFERENCES messages (id),
    document_id uuid NOT NULL CONSTRAINT pieces_jointes_document_existe REFERENCES documents (id),
    PRIMARY KEY (message_id, document_id)
);

CREATE TABLE lectures (
    utilisateur_id uuid NOT NULL CONSTRAINT lectures_utilisateur_existe REFERENCES utilisateurs (id),
    message_id uuid NOT NULL CONSTRAINT lectures_message_existe REFERENCES messages (id),
    dossier_id uuid NOT NULL CONSTRAINT lectures_dossier_existe REFERENCES dossiers (id),
    non_lu_depuis timestamp,
    lu_le timestamp,
    PRIMARY KEY (utilisateur_id, message_id)
);
CREATE INDEX lectures_message ON lectures (message_id);
CREATE INDEX lectures_non_lues ON lectures (utilisateur_id, dossier_id) WHERE non_lu_depuis IS NOT NULL;

CREATE TABLE messages_recherche (
    message_id uuid NOT NULL PRIMARY KEY,
    mots tsvector NOT NULL
);
CREATE INDEX messages_recherche_mots ON messages_recherche USING gin (mots);
