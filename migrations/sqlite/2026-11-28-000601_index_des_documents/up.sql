-- Alone with the dossier, the content did not decide between itself and the order of deposit: the identical document is
-- looked for by both.
DROP INDEX documents_contenu;
CREATE INDEX documents_contenu ON documents (dossier_id, sha256, id);
-- What fills a category.
CREATE INDEX documents_piece ON documents (dossier_id, type_piece_id) WHERE remplace_le IS NULL;
