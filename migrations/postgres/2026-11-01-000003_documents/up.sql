CREATE TABLE documents (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT documents_dossier_existe REFERENCES dossiers (id),
    type_piece_id uuid CONSTRAINT documents_type_existe REFERENCES types_pieces (id),
    usage text NOT NULL CONSTRAINT documents_usage_connu CHECK (usage IN ('piece', 'message')),
    sens text NOT NULL CONSTRAINT documents_sens_connu CHECK (sens IN ('adherent', 'opco')),
    nom text NOT NULL,
    format text NOT NULL,
    taille bigint NOT NULL,
    sha256 bytea NOT NULL,
    blob text NOT NULL CONSTRAINT documents_blob_unique UNIQUE,
    statut text NOT NULL CONSTRAINT documents_statut_connu CHECK (statut IN ('recu', 'transmis', 'annule', 'infecte')),
    verdict text NOT NULL CONSTRAINT documents_verdict_connu CHECK (verdict IN ('a_examiner', 'acceptee', 'a_completer', 'refusee')),
    motif text,
    depose_par uuid NOT NULL CONSTRAINT documents_deposant_existe REFERENCES utilisateurs (id),
    depose_le timestamp NOT NULL,
    transmission_prevue_le timestamp NOT NULL,
    transmis_le timestamp,
    lignee_id uuid NOT NULL,
    version integer NOT NULL,
    remplace_le timestamp
);
CREATE INDEX documents_dossier ON documents (dossier_id, id);
CREATE INDEX documents_contenu ON documents (dossier_id, sha256);
CREATE INDEX documents_lignee ON documents (lignee_id, version);
