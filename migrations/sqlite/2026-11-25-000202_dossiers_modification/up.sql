CREATE INDEX dossiers_etablissement_modification ON dossiers (etablissement_id, modifie_le, id);
CREATE INDEX dossiers_gestionnaire_modification ON dossiers (gestionnaire_id, modifie_le, id);
CREATE INDEX dossiers_tout_modification ON dossiers (modifie_le, id);
