DROP INDEX utilisateurs_non_confirmes;
DROP TABLE journal_securite;
