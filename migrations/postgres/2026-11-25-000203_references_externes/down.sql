DROP TABLE references_externes;
