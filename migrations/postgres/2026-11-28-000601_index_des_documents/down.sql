DROP INDEX documents_piece;
DROP INDEX documents_contenu;
CREATE INDEX documents_contenu ON documents (dossier_id, sha256);
