UPDATE jobs SET statut = 'pret' WHERE statut = 'mort' AND nature = 'document.transmettre';
