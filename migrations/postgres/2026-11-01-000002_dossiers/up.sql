CREATE TABLE dispositifs (
    code text NOT NULL PRIMARY KEY,
    libelle text NOT NULL,
    valide_du date NOT NULL,
    valide_au date
);

CREATE TABLE types_pieces (
    id uuid NOT NULL PRIMARY KEY,
    dispositif text NOT NULL CONSTRAINT types_pieces_dispositif_existe REFERENCES dispositifs (code),
    code text NOT NULL,
    libelle text NOT NULL,
    etape text NOT NULL CONSTRAINT types_pieces_etape_connue CHECK (etape IN ('demande', 'paiement', 'libre')),
    exigence text NOT NULL CONSTRAINT types_pieces_exigence_connue CHECK (exigence IN ('obligatoire', 'facultative', 'sur_demande')),
    formats text NOT NULL,
    taille_max bigint NOT NULL,
    nombre_max integer,
    delai_jours integer,
    aide text,
    rang integer NOT NULL,
    CONSTRAINT types_pieces_code_unique UNIQUE (dispositif, code)
);

CREATE TABLE demandes (
    id uuid NOT NULL PRIMARY KEY,
    numero text NOT NULL CONSTRAINT demandes_numero_unique UNIQUE,
    etablissement_id uuid NOT NULL CONSTRAINT demandes_etablissement_existe REFERENCES etablissements (id),
    creee_le timestamp NOT NULL
);

CREATE TABLE dossiers (
    id uuid NOT NULL PRIMARY KEY,
    numero text NOT NULL CONSTRAINT dossiers_numero_unique UNIQUE,
    demande_id uuid NOT NULL CONSTRAINT dossiers_demande_existe REFERENCES demandes (id),
    demande_numero text NOT NULL,
    adherent_id uuid NOT NULL CONSTRAINT dossiers_adherent_existe REFERENCES adherents (id),
    etablissement_id uuid NOT NULL CONSTRAINT dossiers_etablissement_existe REFERENCES etablissements (id),
    gestionnaire_id uuid CONSTRAINT dossiers_gestionnaire_existe REFERENCES utilisateurs (id),
    dispositif text NOT NULL CONSTRAINT dossiers_dispositif_existe REFERENCES dispositifs (code),
    intitule text NOT NULL,
    organisme text NOT NULL,
    date_debut date NOT NULL,
    date_fin date NOT NULL,
    etat text NOT NULL CONSTRAINT dossiers_etat_connu CHECK (etat IN ('brouillon', 'transmis', 'en_instruction', 'incomplet', 'accorde', 'en_reglement', 'regle', 'cloture', 'refuse', 'annule', 'sans_suite')),
    vue text NOT NULL CONSTRAINT dossiers_vue_connue CHECK (vue IN ('en_cours', 'historique')),
    montant_demande bigint NOT NULL,
    montant_accorde bigint,
    montant_regle bigint NOT NULL,
    pieces_dues integer NOT NULL,
    pieces_fournies integer NOT NULL,
    echeance date,
    echeance_tri date NOT NULL,
    stagiaires integer NOT NULL,
    cree_le timestamp NOT NULL,
    modifie_le timestamp NOT NULL,
    version integer NOT NULL,
    CONSTRAINT dossiers_dates_ordonnees CHECK (date_debut <= date_fin)
);
CREATE INDEX dossiers_demande ON dossiers (demande_numero);
CREATE INDEX dossiers_adherent ON dossiers (adherent_id);
CREATE INDEX dossiers_etablissement_echeance ON dossiers (etablissement_id, vue, echeance_tri, id);
CREATE INDEX dossiers_etablissement_debut ON dossiers (etablissement_id, vue, date_debut, id);
CREATE INDEX dossiers_etablissement_numero ON dossiers (etablissement_id, vue, numero);
CREATE INDEX dossiers_gestionnaire_echeance ON dossiers (gestionnaire_id, vue, echeance_tri, id);
CREATE INDEX dossiers_gestionnaire_debut ON dossiers (gestionnaire_id, vue, date_debut, id);
CREATE INDEX dossiers_gestionnaire_numero ON dossiers (gestionnaire_id, vue, numero);
CREATE INDEX dossiers_tout_echeance ON dossiers (vue, echeance_tri, id);
CREATE INDEX dossiers_tout_debut ON dossiers (vue, date_debut, id);
CREATE INDEX dossiers_tout_numero ON dossiers (vue, numero);

CREATE TABLE changements_etat (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT changements_etat_dossier_existe REFERENCES dossiers (id),
    etablissement_id uuid NOT NULL,
    etat text NOT NULL,
    motif text,
    auteur_id uuid NOT NULL CONSTRAINT changements_etat_auteur_existe REFERENCES utilisateurs (id),
    le timestamp NOT NULL
);
CREATE INDEX changements_etat_dossier ON changements_etat (dossier_id, id);
CREATE INDEX changements_etat_etablissement ON changements_etat (etablissement_id, id);

CREATE TABLE inscriptions (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT inscriptions_dossier_existe REFERENCES dossiers (id),
    etablissement_id uuid NOT NULL,
    nom text NOT NULL,
    nom_cle text NOT NULL,
    prenom text NOT NULL,
    date_naissance date NOT NULL,
    csp text NOT NULL,
    titre text NOT NULL,
    role text NOT NULL
);
CREATE INDEX inscriptions_dossier ON inscriptions (dossier_id, nom_cle);
CREATE INDEX inscriptions_etablissement_nom ON inscriptions (etablissement_id, nom_cle);

CREATE TABLE reglements (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT reglements_dossier_existe REFERENCES dossiers (id),
    facture text NOT NULL,
    beneficiaire text NOT NULL,
    mode text NOT NULL CONSTRAINT reglements_mode_connu CHECK (mode IN ('subrogation', 'remboursement')),
    montant_facture bigint NOT NULL,
    montant_regle bigint NOT NULL,
    virement text,
    regle_le date,
    cree_le timestamp NOT NULL
);
CREATE INDEX reglements_dossier ON reglements (dossier_id, id);

CREATE TABLE demandes_piece (
    id uuid NOT NULL PRIMARY KEY,
    dossier_id uuid NOT NULL CONSTRAINT demandes_piece_dossier_existe REFERENCES dossiers (id),
    type_piece_id uuid NOT NULL CONSTRAINT demandes_piece_type_existe REFERENCES types_pieces (id),
    demandeur_id uuid NOT NULL CONSTRAINT demandes_piece_demandeur_existe REFERENCES utilisateurs (id),
    motif text NOT NULL,
    avant date,
    le timestamp NOT NULL,
    CONSTRAINT demandes_piece_unique UNIQUE (dossier_id, type_piece_id)
);
