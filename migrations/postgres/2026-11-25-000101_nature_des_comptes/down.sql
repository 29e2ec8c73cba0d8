ALTER TABLE utilisateurs DROP COLUMN nature;
