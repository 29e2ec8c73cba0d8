DROP TABLE jetons_revoques;
DROP TABLE jti_vus;
DROP TABLE cles_signature;
