CREATE TABLE references_externes (
    appelant_id BLOB NOT NULL,
    nature TEXT NOT NULL CONSTRAINT references_externes_nature_connue CHECK (nature IN ('dossier', 'document', 'message')),
    objet_id BLOB NOT NULL,
    valeur TEXT NOT NULL,
    CONSTRAINT references_externes_objet_unique PRIMARY KEY (appelant_id, nature, objet_id),
    CONSTRAINT references_externes_valeur_unique UNIQUE (appelant_id, nature, valeur)
) STRICT;
