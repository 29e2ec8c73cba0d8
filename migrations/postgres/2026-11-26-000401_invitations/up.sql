CREATE TABLE invitations (
    id uuid NOT NULL PRIMARY KEY,
    adherent_id uuid NOT NULL CONSTRAINT invitations_adherent_existe REFERENCES adherents (id),
    email text NOT NULL,
    jeton_sha256 bytea NOT NULL CONSTRAINT invitations_jeton_unique UNIQUE,
    cree_par uuid NOT NULL CONSTRAINT invitations_auteur_existe REFERENCES utilisateurs (id),
    cree_le timestamp NOT NULL,
    expire_le timestamp NOT NULL
);
CREATE INDEX invitations_adherent ON invitations (adherent_id, id);
CREATE INDEX invitations_auteur ON invitations (cree_par);
CREATE INDEX invitations_expiration ON invitations (expire_le);

CREATE TABLE droits_invitation (
    invitation_id uuid NOT NULL CONSTRAINT droits_invitation_existe REFERENCES invitations (id),
    etablissement_id uuid NOT NULL CONSTRAINT droits_invitation_lieu_existe REFERENCES etablissements (id),
    role text NOT NULL CONSTRAINT droits_invitation_role_connu CHECK (role IN ('lecteur', 'contributeur', 'administrateur')),
    PRIMARY KEY (invitation_id, etablissement_id)
);
