-- A company is looked for by its name. The key is made by `db::recherche::cle_de_raison` alone: that of the rows that are
-- there too, once the migrations are done.
ALTER TABLE adherents ADD COLUMN raison_cle TEXT NOT NULL DEFAULT '';
CREATE INDEX adherents_raison ON adherents (raison_cle, id);
