DROP TABLE parties_televersement;
DROP TABLE televersements;
