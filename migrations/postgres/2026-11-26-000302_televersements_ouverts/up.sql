ALTER TABLE televersements ADD COLUMN reference text;
CREATE INDEX televersements_ouverts ON televersements (createur_id, statut, expire_le, taille);
