CREATE TABLE televersements (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT televersements_dossier_existe REFERENCES dossiers (id),
    createur_id BLOB NOT NULL CONSTRAINT televersements_createur_existe REFERENCES utilisateurs (id),
    sens TEXT NOT NULL CONSTRAINT televersements_sens_connu CHECK (sens IN ('adherent', 'opco')),
    type_piece_id BLOB CONSTRAINT televersements_type_existe REFERENCES types_pieces (id),
    remplace_id BLOB CONSTRAINT televersements_remplace_existe REFERENCES documents (id),
    version_attendue TEXT,
    nom TEXT NOT NULL,
    doublon TEXT NOT NULL CONSTRAINT televersements_doublon_connu CHECK (doublon IN ('refuse', 'accepte')),
    taille INTEGER NOT NULL,
    recu INTEGER NOT NULL CONSTRAINT televersements_recu_borne CHECK (recu >= 0 AND recu <= taille),
    statut TEXT NOT NULL CONSTRAINT televersements_statut_connu CHECK (statut IN ('en_cours', 'complet', 'depose', 'refuse')),
    refus TEXT,
    document_id BLOB CONSTRAINT televersements_document_existe REFERENCES documents (id),
    cree_le TEXT NOT NULL,
    expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX televersements_expiration ON televersements (expire_le);

CREATE TABLE parties_televersement (
    televersement_id BLOB NOT NULL CONSTRAINT parties_televersement_existe REFERENCES televersements (id),
    debut INTEGER NOT NULL,
    taille INTEGER NOT NULL CONSTRAINT parties_taille_positive CHECK (taille > 0),
    blob TEXT NOT NULL CONSTRAINT parties_blob_unique UNIQUE,
    PRIMARY KEY (televersement_id, debut)
) STRICT;
