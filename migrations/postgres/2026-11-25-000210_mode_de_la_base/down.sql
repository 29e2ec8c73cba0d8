DROP TABLE mode_base;
