-- An account that was never confirmed is removed: what refers to accounts is looked at then, without reading it all.
CREATE INDEX arrivees_traitee_par ON arrivees (traitee_par) WHERE traitee_par IS NOT NULL;
CREATE INDEX changements_etat_auteur ON changements_etat (auteur_id);
CREATE INDEX clients_api_createur ON clients_api (cree_par);
CREATE INDEX contacts_utilisateur ON contacts (utilisateur_id);
CREATE INDEX demandes_piece_demandeur ON demandes_piece (demandeur_id);
CREATE INDEX documents_deposant ON documents (depose_par);
CREATE INDEX messages_auteur ON messages (auteur_id);
-- The worklist is read in its order, and a page of it no further.
CREATE INDEX arrivees_file ON arrivees (gestionnaire_id, traitee_le, id);
