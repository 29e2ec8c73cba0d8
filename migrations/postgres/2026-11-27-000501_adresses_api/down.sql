DROP TABLE adresses_api;
