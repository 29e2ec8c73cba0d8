DROP INDEX inscriptions_prenoms;
DROP INDEX inscriptions_noms;
