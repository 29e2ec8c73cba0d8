CREATE TABLE arrivees (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT arrivees_dossier_existe REFERENCES dossiers (id),
    gestionnaire_id uuid CONSTRAINT arrivees_gestionnaire_existe REFERENCES utilisateurs (id),
    nature text NOT NULL CONSTRAINT arrivees_nature_connue CHECK (nature IN ('document', 'message')),
    objet_id uuid NOT NULL,
    arrivee_le timestamp NOT NULL,
    traitee_le timestamp,
    traitee_par uuid CONSTRAINT arrivees_traitant_existe REFERENCES utilisateurs (id)
);
CREATE INDEX arrivees_a_traiter ON arrivees (gestionnaire_id, dossier_id, id) WHERE traitee_le IS NULL;
CREATE INDEX arrivees_dossier ON arrivees (dossier_id);

CREATE TABLE journal (
    id uuid NOT NULL PRIMARY KEY,
    le timestamp NOT NULL,
    acteur_id uuid,
    action text NOT NULL,
    objet text NOT NULL,
    objet_id uuid NOT NULL,
    dossier_id uuid,
    details text NOT NULL
);
CREATE INDEX journal_dossier ON journal (dossier_id, id);
CREATE INDEX journal_objet ON journal (objet_id, id);

CREATE TABLE evenements (
    seq bigserial PRIMARY KEY,
    le timestamp NOT NULL,
    nature text NOT NULL,
    audience text NOT NULL CONSTRAINT evenements_audience_connue CHECK (audience IN ('tous', 'adherent', 'opco')),
    dossier_id uuid NOT NULL,
    etablissement_id uuid NOT NULL,
    gestionnaire_id uuid,
    objet_id uuid
);

CREATE TABLE jobs (
    id uuid NOT NULL PRIMARY KEY,
    nature text NOT NULL,
    objet_id uuid NOT NULL,
    statut text NOT NULL CONSTRAINT jobs_statut_connu CHECK (statut IN ('pret', 'mort')),
    a_partir_de timestamp NOT NULL,
    tentatives integer NOT NULL,
    derniere_erreur text
);
CREATE INDEX jobs_prets ON jobs (statut, a_partir_de);
CREATE INDEX jobs_objet ON jobs (objet_id);

CREATE TABLE courriels (
    id uuid NOT NULL PRIMARY KEY,
    destinataire text NOT NULL,
    sujet text NOT NULL,
    corps text,
    cree_le timestamp NOT NULL,
    envoye_le timestamp
);
