CREATE TABLE cles_idempotence (
    appelant_id BLOB NOT NULL,
    cle_sha256 BLOB NOT NULL,
    empreinte BLOB NOT NULL,
    statut INTEGER,
    location TEXT,
    etag TEXT,
    corps BLOB,
    prise_le TEXT NOT NULL,
    CONSTRAINT cles_idempotence_unique PRIMARY KEY (appelant_id, cle_sha256)
) STRICT;
CREATE INDEX cles_idempotence_date ON cles_idempotence (prise_le);
