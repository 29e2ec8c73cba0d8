/** Dates as the page writes them. */

const jour = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: '2-digit', month: '2-digit', year: 'numeric' });

/** `23/11/2026`, today in Paris. */
export const aujourdhui = () => jour.format(new Date());
