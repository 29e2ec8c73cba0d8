DROP TABLE acces_retires;
