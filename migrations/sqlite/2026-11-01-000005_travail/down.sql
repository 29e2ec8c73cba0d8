DROP TABLE courriels;
DROP TABLE jobs;
DROP TABLE evenements;
DROP TABLE journal;
DROP TABLE arrivees;
