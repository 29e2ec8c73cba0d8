CREATE TABLE messages (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT messages_dossier_existe REFERENCES dossiers (id),
    nature TEXT NOT NULL CONSTRAINT messages_nature_connue CHECK (nature IN ('echange', 'automatique')),
    auteur_id BLOB NOT NULL CONSTRAINT messages_auteur_existe REFERENCES utilisateurs (id),
    auteur_cote TEXT NOT NULL,
    corps TEXT NOT NULL,
    envoye_le TEXT NOT NULL
) STRICT;
CREATE INDEX messages_dossier ON messages (dossier_id, id);

CREATE TABLE pieces_jointes (
    message_id BLOB NOT NULL CONSTRAINT pieces_jointes_message_existe REFERENCES messages (id),
    document_id BLOB NOT NULL CONSTRAINT pieces_jointes_document_existe REFERENCES documents (id),
    PRIMARY KEY (message_id, document_id)
) STRICT;

CREATE TABLE lectures (
    utilisateur_id BLOB NOT NULL CONSTRAINT lectures_utilisateur_existe REFERENCES utilisateurs (id),
    message_id BLOB NOT NULL CONSTRAINT lectures_message_existe REFERENCES messages (id),
    dossier_id BLOB NOT NULL CONSTRAINT lectures_dossier_existe REFERENCES dossiers (id),
    non_lu_depuis TEXT,
    lu_le TEXT,
    PRIMARY KEY (utilisateur_id, message_id)
) STRICT;
CREATE INDEX lectures_message ON lectures (message_id);
CREATE INDEX lectures_non_lues ON lectures (utilisateur_id, dossier_id) WHERE non_lu_depuis IS NOT NULL;

CREATE VIRTUAL TABLE messages_recherche USING fts5 (message_id UNINDEXED, mots, tokenize = 'unicode61');
