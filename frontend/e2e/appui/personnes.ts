/** People, companies and dossiers of the demonstration. */

export interface Personne {
  nom: string;
  email: string;
}

/** The password of everybody in the demonstration. */
export const MOT_DE_PASSE = 'chantier-echafaudage-bleu';

/** A member, administrator of three établissements. */
export const NADIA: Personne = { nom: 'Nadia Lemercier', email: 'n.lemercier@bati-rives.example' };
/** A member who deposits and writes. */
export const SOLINE: Personne = { nom: 'Soline Kerbrat', email: 's.kerbrat@bati-rives.example' };
/** A member who only reads. */
export const PASCAL: Personne = { nom: 'Pascal Guérin', email: 'p.guerin@bati-rives.example' };
/** The gestionnaire of the company's dossiers. */
export const CLAIRE: Personne = { nom: 'Claire Aubertin', email: 'claire.aubertin@opco.example' };
/** A gestionnaire with another portfolio. */
export const DAMIEN: Personne = { nom: 'Damien Rouault', email: 'damien.rouault@opco.example' };

/** The administrator of the OPCO, who has no portfolio. */
export const HELENE: Personne = { nom: 'Hélène Vasseur', email: 'h.vasseur@opco.example' };

/** The two numbers with which somebody of the company creates an account. */
export const ENTREPRISE = { siret: '99841230800012', numero: 'A0440-18772' };

/** Dossiers of Nadia's établissements, all in Claire's portfolio. */
export const DOSSIERS = {
  /** The one of the user guide: being examined, three « Autres pièces ». */
  guide: { numero: '1819006292.01', demande: '1304811' },
  /** Transmitted, nothing else. */
  transmis: { numero: '1819006295.01' },
  /** Agreed: pieces for payment are due. */
  accorde: { numero: '1820000009.01' },
  /** Being paid. */
  enReglement: { numero: '1819006296.01' },
  /** With everything in it: judged documents, requests, unread messages. */
  riche: { numero: '1826006292.01' },
  /** Closed. */
  clos: { numero: '1826002018.01' },
  /** Being written. */
  brouillon: { numero: '1826007141.01' },
};
