CREATE TABLE references_externes (
    appelant_id uuid NOT NULL,
    nature text NOT NULL CONSTRAINT references_externes_nature_connue CHECK (nature IN ('dossier', 'document', 'message')),
    objet_id uuid NOT NULL,
    valeur text NOT NULL,
    CONSTRAINT references_externes_objet_unique PRIMARY KEY (appelant_id, nature, objet_id),
    CONSTRAINT references_externes_valeur_unique UNIQUE (appelant_id, nature, valeur)
);
