-- Texts are in the order of their bytes here already.
SELECT 1;
