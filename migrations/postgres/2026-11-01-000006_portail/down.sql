DROP TABLE services;
DROP TABLE guides;
DROP TABLE informations;
