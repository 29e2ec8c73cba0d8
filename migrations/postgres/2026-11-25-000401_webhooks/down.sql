DROP INDEX evenements_a_distribuer;
ALTER TABLE evenements DROP COLUMN a_distribuer_le;
DROP TABLE essais;
DROP TABLE livraisons;
DROP TABLE abonnements_webhook_etablissements;
DROP TABLE abonnements_webhook;
