CREATE TABLE arrivees (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT arrivees_dossier_existe REFERENCES dossiers (id),
    gestionnaire_id BLOB CONSTRAINT arrivees_gestionnaire_existe REFERENCES utilisateurs (id),
    nature TEXT NOT NULL CONSTRAINT arrivees_nature_connue CHECK (nature IN ('document', 'message')),
    objet_id BLOB NOT NULL,
    arrivee_le TEXT NOT NULL,
    traitee_le TEXT,
    traitee_par BLOB CONSTRAINT arrivees_traitant_existe REFERENCES utilisateurs (id)
) STRICT;
CREATE INDEX arrivees_a_traiter ON arrivees (gestionnaire_id, dossier_id, id) WHERE traitee_le IS NULL;
CREATE INDEX arrivees_dossier ON arrivees (dossier_id);

CREATE TABLE journal (
    id BLOB NOT NULL PRIMARY KEY,
    le TEXT NOT NULL,
    acteur_id BLOB,
    action TEXT NOT NULL,
    objet TEXT NOT NULL,
    objet_id BLOB NOT NULL,
    dossier_id BLOB,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX journal_dossier ON journal (dossier_id, id);
CREATE INDEX journal_objet ON journal (objet_id, id);

CREATE TABLE evenements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    le TEXT NOT NULL,
    nature TEXT NOT NULL,
    audience TEXT NOT NULL CONSTRAINT evenements_audience_connue CHECK (audience IN ('tous', 'adherent', 'opco')),
    dossier_id BLOB NOT NULL,
    etablissement_id BLOB NOT NULL,
    gestionnaire_id BLOB,
    objet_id BLOB
) STRICT;

CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    nature TEXT NOT NULL,
    objet_id BLOB NOT NULL,
    statut TEXT NOT NULL CONSTRAINT jobs_statut_connu CHECK (statut IN ('pret', 'mort')),
    a_partir_de TEXT NOT NULL,
    tentatives INTEGER NOT NULL,
    derniere_erreur TEXT
) STRICT;
CREATE INDEX jobs_prets ON jobs (statut, a_partir_de);
CREATE INDEX jobs_objet ON jobs (objet_id);

CREATE TABLE courriels (
    id BLOB NOT NULL PRIMARY KEY,
    destinataire TEXT NOT NULL,
    sujet TEXT NOT NULL,
    corps TEXT,
    cree_le TEXT NOT NULL,
    envoye_le TEXT
) STRICT;
