CREATE TABLE cles_signature (
    kid TEXT NOT NULL PRIMARY KEY,
    publique BLOB NOT NULL,
    privee_scellee BLOB NOT NULL,
    creee_le TEXT NOT NULL,
    retiree_le TEXT
) STRICT;

CREATE TABLE jti_vus (
    sha256 BLOB NOT NULL PRIMARY KEY,
    expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX jti_vus_expiration ON jti_vus (expire_le);

CREATE TABLE jetons_revoques (
    jti BLOB NOT NULL PRIMARY KEY,
    expire_le TEXT NOT NULL
) STRICT;
CREATE INDEX jetons_revoques_expiration ON jetons_revoques (expire_le);
