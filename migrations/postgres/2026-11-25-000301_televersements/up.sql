CREATE TABLE televersements (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT televersements_dossier_existe REFERENCES dossiers (id),
    createur_id uuid NOT NULL CONSTRAINT televersements_createur_existe REFERENCES utilisateurs (id),
    sens text NOT NULL CONSTRAINT televersements_sens_connu CHECK (sens IN ('adherent', 'opco')),
    type_piece_id uuid CONSTRAINT televersements_type_existe REFERENCES types_pieces (id),
    remplace_id uuid CONSTRAINT televersements_remplace_existe REFERENCES documents (id),
    version_attendue text,
    nom text NOT NULL,
    doublon text NOT NULL CONSTRAINT televersements_doublon_connu CHECK (doublon IN ('refuse', 'accepte')),
    taille bigint NOT NULL,
    recu bigint NOT NULL CONSTRAINT televersements_recu_borne CHECK (recu >= 0 AND recu <= taille),
    statut text NOT NULL CONSTRAINT televersements_statut_connu CHECK (statut IN ('en_cours', 'complet', 'depose', 'refuse')),
    refus text,
    document_id uuid CONSTRAINT televersements_document_existe REFERENCES documents (id),
    cree_le timestamp NOT NULL,
    expire_le timestamp NOT NULL
);
CREATE INDEX televersements_expiration ON televersements (expire_le);

CREATE TABLE parties_televersement (
    televersement_id uuid NOT NULL CONSTRAINT parties_televersement_existe REFERENCES televersements (id),
    debut bigint NOT NULL,
    taille bigint NOT NULL CONSTRAINT parties_taille_positive CHECK (taille > 0),
    blob text NOT NULL CONSTRAINT parties_blob_unique UNIQUE,
    PRIMARY KEY (televersement_id, debut)
);
