CREATE TABLE abonnements_webhook (
    id BLOB NOT NULL PRIMARY KEY,
    adherent_id BLOB NOT NULL CONSTRAINT abonnements_webhook_adherent_existe REFERENCES adherents (id),
    url TEXT NOT NULL,
    types TEXT NOT NULL,
    description TEXT NOT NULL,
    etat TEXT NOT NULL CONSTRAINT abonnements_webhook_etat_connu CHECK (etat IN ('actif', 'suspendu', 'desactive')),
    motif TEXT CONSTRAINT abonnements_webhook_motif_connu CHECK (motif IN ('echecs', 'refus')),
    etat_le TEXT NOT NULL,
    cree_par BLOB NOT NULL,
    cree_le TEXT NOT NULL,
    porteur_id BLOB NOT NULL,
    secret BLOB NOT NULL,
    secret_le TEXT NOT NULL,
    secret_precedent BLOB,
    precedent_jusqu_a TEXT,
    dernier_succes_le TEXT,
    echecs_depuis TEXT,
    CONSTRAINT abonnements_webhook_motif_de_desactive CHECK ((motif IS NOT NULL) = (etat = 'desactive')),
    CONSTRAINT abonnements_webhook_precedent_entier CHECK ((secret_precedent IS NULL) = (precedent_jusqu_a IS NULL))
) STRICT;
CREATE INDEX abonnements_webhook_adherent ON abonnements_webhook (adherent_id, id);

CREATE TABLE abonnements_webhook_etablissements (
    abonnement_id BLOB NOT NULL
        CONSTRAINT abonnements_webhook_etablissements_abonnement_existe REFERENCES abonnements_webhook (id),
    etablissement_id BLOB NOT NULL
        CONSTRAINT abonnements_webhook_etablissements_etablissement_existe REFERENCES etablissements (id),
    PRIMARY KEY (abonnement_id, etablissement_id)
) STRICT;

CREATE TABLE livraisons (
    id BLOB NOT NULL PRIMARY KEY,
    abonnement_id BLOB NOT NULL CONSTRAINT livraisons_abonnement_existe REFERENCES abonnements_webhook (id),
    evenement_seq INTEGER,
    nature TEXT NOT NULL,
    le TEXT NOT NULL,
    dossier_id BLOB,
    etablissement_id BLOB,
    objet_id BLOB,
    statut TEXT NOT NULL
        CONSTRAINT livraisons_statut_connu CHECK (statut IN ('en_attente', 'livree', 'echouee', 'retenue')),
    tentatives INTEGER NOT NULL,
    prochaine_le TEXT,
    cree_le TEXT NOT NULL,
    terminee_le TEXT,
    CONSTRAINT livraisons_evenement_unique UNIQUE (abonnement_id, evenement_seq),
    CONSTRAINT livraisons_prochaine_si_attente CHECK ((prochaine_le IS NOT NULL) = (statut = 'en_attente'))
) STRICT;
CREATE INDEX livraisons_abonnement ON livraisons (abonnement_id, id);
CREATE INDEX livraisons_statut ON livraisons (abonnement_id, statut, id);
CREATE INDEX livraisons_prochaines ON livraisons (prochaine_le) WHERE prochaine_le IS NOT NULL;
CREATE INDEX livraisons_anciennes ON livraisons (cree_le);

CREATE TABLE essais (
    id BLOB NOT NULL PRIMARY KEY,
    livraison_id BLOB NOT NULL CONSTRAINT essais_livraison_existe REFERENCES livraisons (id),
    le TEXT NOT NULL,
    duree_ms INTEGER NOT NULL,
    statut_http INTEGER,
    cause TEXT CONSTRAINT essais_cause_connue
        CHECK (cause IN ('dns', 'adresse_interdite', 'connexion', 'delai', 'redirection', 'reponse')),
    reponse TEXT NOT NULL
) STRICT;
CREATE INDEX essais_livraison ON essais (livraison_id, id);

ALTER TABLE evenements ADD COLUMN a_distribuer_le TEXT;
CREATE INDEX evenements_a_distribuer ON evenements (seq) WHERE a_distribuer_le IS NOT NULL;
