DROP TABLE messages_recherche;
DROP TABLE lectures;
DROP TABLE pieces_jointes;
DROP TABLE messages;
