/** People and companies of the demonstration's data. */

export interface Personne {
  nom: string;
  email: string;
}

/** The password of everybody in the demonstration. */
export const MOT_DE_PASSE = 'chantier-echafaudage-bleu';

/** A member, administrator of the company. */
export const NADIA: Personne = { nom: 'Nadia Lemercier', email: 'n.lemercier@bati-rives.example' };
/** The gestionnaire of the company's dossiers. */
export const CLAIRE: Personne = { nom: 'Claire Aubertin', email: 'c.aubertin@constructys.example' };
/** A member who only reads. */
export const LECTEUR: Personne = { nom: 'Hugo Perrin', email: 'h.perrin@bati-rives.example' };

/** The two numbers with which somebody of the company creates an account. */
export const ENTREPRISE = { siret: '99841230800012', numero: '0000000' };

/** Dossiers of the company. */
export const DOSSIERS = {
  /** The one of the user guide. */
  guide: { numero: '1819006292.01', demande: '1304811' },
};
