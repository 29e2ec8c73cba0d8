-- What the member is shown of a dossier: `Attente::de` says the same of a row, the état's own word where nothing is awaited.
ALTER TABLE dossiers ADD COLUMN situation text GENERATED ALWAYS AS (CASE
    WHEN vue = 'historique' OR etat IN ('brouillon', 'regle') THEN etat
    WHEN etat = 'incomplet' OR pieces_fournies < pieces_dues THEN 'pieces_attendues'
    ELSE etat
END) STORED;
CREATE INDEX dossiers_etablissement_situation ON dossiers (etablissement_id, vue, situation, echeance_tri, id);
