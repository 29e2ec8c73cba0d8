CREATE TABLE dispositifs (
    code TEXT NOT NULL PRIMARY KEY,
    libelle TEXT NOT NULL,
    valide_du TEXT NOT NULL,
    valide_au TEXT
) STRICT;

CREATE TABLE types_pieces (
    id BLOB NOT NULL PRIMARY KEY,
    dispositif TEXT NOT NULL CONSTRAINT types_pieces_dispositif_existe REFERENCES dispositifs (code),
    code TEXT NOT NULL,
    libelle TEXT NOT NULL,
    etape TEXT NOT NULL CONSTRAINT types_pieces_etape_connue CHECK (etape IN ('demande', 'paiement', 'libre')),
    exigence TEXT NOT NULL CONSTRAINT types_pieces_exigence_connue CHECK (exigence IN ('obligatoire', 'facultative', 'sur_demande')),
    formats TEXT NOT NULL,
    taille_max INTEGER NOT NULL,
    nombre_max INTEGER,
    delai_jours INTEGER,
    aide TEXT,
    rang INTEGER NOT NULL,
    CONSTRAINT types_pieces_code_unique UNIQUE (dispositif, code)
) STRICT;

CREATE TABLE demandes (
    id BLOB NOT NULL PRIMARY KEY,
    numero TEXT NOT NULL CONSTRAINT demandes_numero_unique UNIQUE,
    etablissement_id BLOB NOT NULL CONSTRAINT demandes_etablissement_existe REFERENCES etablissements (id),
    creee_le TEXT NOT NULL
) STRICT;

CREATE TABLE dossiers (
    id BLOB NOT NULL PRIMARY KEY,
    numero TEXT NOT NULL CONSTRAINT dossiers_numero_unique UNIQUE,
    demande_id BLOB NOT NULL CONSTRAINT dossiers_demande_existe REFERENCES demandes (id),
    demande_numero TEXT NOT NULL,
    adherent_id BLOB NOT NULL CONSTRAINT dossiers_adherent_existe REFERENCES adherents (id),
    etablissement_id BLOB NOT NULL CONSTRAINT dossiers_etablissement_existe REFERENCES etablissements (id),
    gestionnaire_id BLOB CONSTRAINT dossiers_gestionnaire_existe REFERENCES utilisateurs (id),
    dispositif TEXT NOT NULL CONSTRAINT dossiers_dispositif_existe REFERENCES dispositifs (code),
    intitule TEXT NOT NULL,
    organisme TEXT NOT NULL,
    date_debut TEXT NOT NULL,
    date_fin TEXT NOT NULL,
    etat TEXT NOT NULL CONSTRAINT dossiers_etat_connu CHECK (etat IN ('brouillon', 'transmis', 'en_instruction', 'incomplet', 'accorde', 'en_reglement', 'regle', 'cloture', 'refuse', 'annule', 'sans_suite')),
    vue TEXT NOT NULL CONSTRAINT dossiers_vue_connue CHECK (vue IN ('en_cours', 'historique')),
    montant_demande INTEGER NOT NULL,
    montant_accorde INTEGER,
    montant_regle INTEGER NOT NULL,
    pieces_dues INTEGER NOT NULL,
    pieces_fournies INTEGER NOT NULL,
    echeance TEXT,
    echeance_tri TEXT NOT NULL,
    stagiaires INTEGER NOT NULL,
    cree_le TEXT NOT NULL,
    modifie_le TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT dossiers_dates_ordonnees CHECK (date_debut <= date_fin)
) STRICT;
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
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT changements_etat_dossier_existe REFERENCES dossiers (id),
    etablissement_id BLOB NOT NULL,
    etat TEXT NOT NULL,
    motif TEXT,
    auteur_id BLOB NOT NULL CONSTRAINT changements_etat_auteur_existe REFERENCES utilisateurs (id),
    le TEXT NOT NULL
) STRICT;
CREATE INDEX changements_etat_dossier ON changements_etat (dossier_id, id);
CREATE INDEX changements_etat_etablissement ON changements_etat (etablissement_id, id);

CREATE TABLE inscriptions (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT inscriptions_dossier_existe REFERENCES dossiers (id),
    etablissement_id BLOB NOT NULL,
    nom TEXT NOT NULL,
    nom_cle TEXT NOT NULL,
    prenom TEXT NOT NULL,
    date_naissance TEXT NOT NULL,
    csp TEXT NOT NULL,
    titre TEXT NOT NULL,
    role TEXT NOT NULL
) STRICT;
CREATE INDEX inscriptions_dossier ON inscriptions (dossier_id, nom_cle);
CREATE INDEX inscriptions_etablissement_nom ON inscriptions (etablissement_id, nom_cle);

CREATE TABLE reglements (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT reglements_dossier_existe REFERENCES dossiers (id),
    facture TEXT NOT NULL,
    beneficiaire TEXT NOT NULL,
    mode TEXT NOT NULL CONSTRAINT reglements_mode_connu CHECK (mode IN ('subrogation', 'remboursement')),
    montant_facture INTEGER NOT NULL,
    montant_regle INTEGER NOT NULL,
    virement TEXT,
    regle_le TEXT,
    cree_le TEXT NOT NULL
) STRICT;
CREATE INDEX reglements_dossier ON reglements (dossier_id, id);

CREATE TABLE demandes_piece (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL CONSTRAINT demandes_piece_dossier_existe REFERENCES dossiers (id),
    type_piece_id BLOB NOT NULL CONSTRAINT demandes_piece_type_existe REFERENCES types_pieces (id),
    demandeur_id BLOB NOT NULL CONSTRAINT demandes_piece_demandeur_existe REFERENCES utilisateurs (id),
    motif TEXT NOT NULL,
    avant TEXT,
    le TEXT NOT NULL,
    CONSTRAINT demandes_piece_unique UNIQUE (dossier_id, type_piece_id)
) STRICT;
