DROP INDEX arrivees_file;
DROP INDEX messages_auteur;
DROP INDEX documents_deposant;
DROP INDEX demandes_piece_demandeur;
DROP INDEX contacts_utilisateur;
DROP INDEX clients_api_createur;
DROP INDEX changements_etat_auteur;
DROP INDEX arrivees_traitee_par;
