CREATE INDEX dossiers_incomplets ON dossiers (etablissement_id, vue, echeance_tri, id) WHERE pieces_fournies < pieces_dues;
CREATE INDEX changements_etat_date ON changements_etat (etablissement_id, etat, le);
CREATE INDEX tentatives_debut ON tentatives (debut_le);
CREATE INDEX jetons_expiration ON jetons (expire_le);
CREATE INDEX sessions_expiration ON sessions (expire_le);
