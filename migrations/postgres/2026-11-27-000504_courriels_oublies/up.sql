-- Mails are forgotten by their date.
CREATE INDEX courriels_date ON courriels (cree_le);
