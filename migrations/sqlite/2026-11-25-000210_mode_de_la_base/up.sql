CREATE TABLE mode_base (
    cle TEXT NOT NULL PRIMARY KEY CONSTRAINT mode_base_seule CHECK (cle = 'base'),
    mode TEXT NOT NULL CONSTRAINT mode_base_connu CHECK (mode IN ('reel', 'bac_a_sable')),
    decalage INTEGER NOT NULL,
    CONSTRAINT mode_base_heure_reelle CHECK (decalage >= 0 AND (mode = 'bac_a_sable' OR decalage = 0))
) STRICT;
