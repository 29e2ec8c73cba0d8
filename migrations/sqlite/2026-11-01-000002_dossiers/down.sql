DROP TABLE demandes_piece;
DROP TABLE reglements;
DROP TABLE inscriptions;
DROP TABLE changements_etat;
DROP TABLE dossiers;
DROP TABLE demandes;
DROP TABLE types_pieces;
DROP TABLE dispositifs;
