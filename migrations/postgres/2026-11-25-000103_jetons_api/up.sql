CREATE TABLE cles_signature (
    kid text NOT NULL PRIMARY KEY,
    publique bytea NOT NULL,
    privee_scellee bytea NOT NULL,
    creee_le timestamp NOT NULL,
    retiree_le timestamp
);

CREATE TABLE jti_vus (
    sha256 bytea NOT NULL PRIMARY KEY,
    expire_le timestamp NOT NULL
);
CREATE INDEX jti_vus_expiration ON jti_vus (expire_le);

CREATE TABLE jetons_revoques (
    jti uuid NOT NULL PRIMARY KEY,
    expire_le timestamp NOT NULL
);
CREATE INDEX jetons_revoques_expiration ON jetons_revoques (expire_le);
