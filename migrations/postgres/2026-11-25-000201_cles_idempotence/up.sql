CREATE TABLE cles_idempotence (
    appelant_id uuid NOT NULL,
    cle_sha256 bytea NOT NULL,
    empreinte bytea NOT NULL,
    statut integer,
    location text,
    etag text,
    corps bytea,
    prise_le timestamp NOT NULL,
    CONSTRAINT cles_idempotence_unique PRIMARY KEY (appelant_id, cle_sha256)
);
CREATE INDEX cles_idempotence_date ON cles_idempotence (prise_le);
