CREATE TABLE abonnements_webhook (
    id uuid NOT NULL PRIMARY KEY,
    adherent_id uuid NOT NULL CONSTRAINT abonnements_webhook_adherent_existe REFERENCES adherents (id),
    url text NOT NULL,
    types text NOT NULL,
    description text NOT NULL,
    etat text NOT NULL CONSTRAINT abonnements_webhook_etat_connu CHECK (etat IN ('actif', 'suspendu', 'desactive')),
    motif text CONSTRAINT abonnements_webhook_motif_connu CHECK (motif IN ('echecs', 'refus')),
    etat_le timestamp NOT NULL,
    cree_par uuid NOT NULL,
    cree_le timestamp NOT NULL,
    porteur_id uuid NOT NULL,
    secret bytea NOT NULL,
    secret_le timestamp NOT NULL,
    secret_precedent bytea,
    precedent_jusqu_a timestamp,
    dernier_succes_le timestamp,
    echecs_depuis timestamp,
    CONSTRAINT abonnements_webhook_motif_de_desactive CHECK ((motif IS NOT NULL) = (etat = 'desactive')),
    CONSTRAINT abonnements_webhook_precedent_entier CHECK ((secret_precedent IS NULL) = (precedent_jusqu_a IS NULL))
);
CREATE INDEX abonnements_webhook_adherent ON abonnements_webhook (adherent_id, id);

CREATE TABLE abonnements_webhook_etablissements (
    abonnement_id uuid NOT NULL
        CONSTRAINT abonnements_webhook_etablissements_abonnement_existe REFERENCES abonnements_webhook (id),
    etablissement_id uuid NOT NULL
        CONSTRAINT abonnements_webhook_etablissements_etablissement_existe REFERENCES etablissements (id),
    PRIMARY KEY (abonnement_id, etablissement_id)
);

CREATE TABLE livraisons (
    id uuid NOT NULL PRIMARY KEY,
    abonnement_id uuid NOT NULL CONSTRAINT livraisons_abonnement_existe REFERENCES abonnements_webhook (id),
    evenement_seq bigint,
    nature text NOT NULL,
    le timestamp NOT NULL,
    dossier_id uuid,
    etablissement_id uuid,
    objet_id uuid,
    statut text NOT NULL
        CONSTRAINT livraisons_statut_connu CHECK (statut IN ('en_attente', 'livree', 'echouee', 'retenue')),
    tentatives integer NOT NULL,
    prochaine_le timestamp,
    cree_le timestamp NOT NULL,
    terminee_le timestamp,
    CONSTRAINT livraisons_evenement_unique UNIQUE (abonnement_id, evenement_seq),
    CONSTRAINT livraisons_prochaine_si_attente CHECK ((prochaine_le IS NOT NULL) = (statut = 'en_attente'))
);
CREATE INDEX livraisons_abonnement ON livraisons (abonnement_id, id);
CREATE INDEX livraisons_statut ON livraisons (abonnement_id, statut, id);
CREATE INDEX livraisons_prochaines ON livraisons (prochaine_le) WHERE prochaine_le IS NOT NULL;
CREATE INDEX livraisons_anciennes ON livraisons (cree_le);

CREATE TABLE essais (
    id uuid NOT NULL PRIMARY KEY,
    livraison_id uuid NOT NULL CONSTRAINT essais_livraison_existe REFERENCES livraisons (id),
    le timestamp NOT NULL,
    duree_ms integer NOT NULL,
    statut_http integer,
    cause text CONSTRAINT essais_cause_connue
        CHECK (cause IN ('dns', 'adresse_interdite', 'connexion', 'delai', 'redirection', 'reponse')),
    reponse text NOT NULL
);
CREATE INDEX essais_livraison ON essais (livraison_id, id);

ALTER TABLE evenements ADD COLUMN a_distribuer_le timestamp;
CREATE INDEX evenements_a_distribuer ON evenements (seq) WHERE a_distribuer_le IS NOT NULL;
