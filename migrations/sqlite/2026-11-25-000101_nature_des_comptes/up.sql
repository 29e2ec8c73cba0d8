ALTER TABLE utilisateurs ADD COLUMN nature TEXT NOT NULL DEFAULT 'personne'
    CONSTRAINT utilisateurs_nature_connue CHECK (nature IN ('personne', 'client_api'));
