CREATE TABLE journal_securite (
    id uuid NOT NULL PRIMARY KEY,
    le timestamp NOT NULL,
    acte text NOT NULL CONSTRAINT journal_securite_acte_connu CHECK (acte IN ('connexion')),
    issue text NOT NULL CONSTRAINT journal_securite_issue_connue CHECK (issue IN ('reussie', 'identifiants', 'suspendu', 'non_confirme', 'limite')),
    utilisateur_id uuid,
    reseau text NOT NULL
);
CREATE INDEX journal_securite_date ON journal_securite (le);
CREATE INDEX utilisateurs_non_confirmes ON utilisateurs (cree_le) WHERE email_confirme_le IS NULL;
