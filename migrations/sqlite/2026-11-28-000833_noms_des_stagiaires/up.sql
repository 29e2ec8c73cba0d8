-- A trainee's name leads to its dossiers wherever they are, without reading the list that it is looked for in.
CREATE INDEX inscriptions_noms ON inscriptions (nom_cle, prenom_cle, dossier_id);
CREATE INDEX inscriptions_prenoms ON inscriptions (prenom_cle, nom_cle, dossier_id);
