DROP TABLE droits_invitation;
DROP TABLE invitations;
