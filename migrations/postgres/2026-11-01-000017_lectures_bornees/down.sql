DROP INDEX sessions_expiration;
DROP INDEX jetons_expiration;
DROP INDEX tentatives_debut;
DROP INDEX changements_etat_date;
DROP INDEX dossiers_incomplets;
