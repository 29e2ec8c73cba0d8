CREATE TABLE documents (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT documents_dossier_existe REFERENCES dossiers (id),
    type_piece_id BLOB CONSTRAINT documents_type_existe REFERENCES types_pieces (id),
    usage TEXT NOT NULL CONSTRAINT documents_usage_connu CHECK (usage IN ('piece', 'message')),
    sens TEXT NOT NULL CONSTRAINT documents_sens_connu CHECK (sens IN ('adherent', 'opco')),
    nom TEXT NOT NULL,
    format TEXT NOT NULL,
    taille INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    blob TEXT NOT NULL CONSTRAINT documents_blob_unique UNIQUE,
    statut TEXT NOT NULL CONSTRAINT documents_statut_connu CHECK (statut IN ('recu', 'transmis', 'annule', 'infecte')),
    verdict TEXT NOT NULL CONSTRAINT documents_verdict_connu CHECK (verdict IN ('a_examiner', 'acceptee', 'a_completer', 'refusee')),
    motif TEXT,
    depose_par BLOB NOT NULL CONSTRAINT documents_deposant_existe REFERENCES utilisateurs (id),
    depose_le TEXT NOT NULL,
    transmission_prevue_le TEXT NOT NULL,
    transmis_le TEXT,
    lignee_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    remplace_le TEXT
) STRICT;
CREATE INDEX documents_dossier ON documents (dossier_id, id);
CREATE INDEX documents_contenu ON documents (dossier_id, sha256);
CREATE INDEX documents_lignee ON documents (lignee_id, version);
