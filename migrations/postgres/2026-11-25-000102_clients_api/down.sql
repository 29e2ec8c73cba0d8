DROP TABLE usages_api;
DROP TABLE cles_client_api;
DROP TABLE secrets_api;
DROP TABLE clients_api;
