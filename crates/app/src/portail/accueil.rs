use db::dossiers::Personne;
use db::messages::{Filtre, LigneBoite};
use db::portail::{Guide, Information, Montants, Mouvement};
use domain::permit::{Perimeter, Permit};
use domain::policy::VoirAccueil;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::{Pieces, a_paris, pieces};
use crate::App;
use crate::authz::{Claim, Refus};
use crate::documents::{Manquante, manquantes};

/// Things to do that are shown.
const A_FAIRE: usize = 10;
/// Unread messages and changes of état that are shown.
const DERNIERS: usize = 5;
/// News that are shown.
const INFORMATIONS: i64 = 10;

/// eGestion's home, for a member.
#[derive(Debug, Clone)]
pub struct Accueil {
    /// Figures of the year.
    pub chiffres: Chiffres,
    /// What is awaited, the most urgent first.
    pub a_faire: Vec<Manquante>,
    /// The latest unread messages.
    pub messages: Vec<LigneBoite>,
    /// The latest changes of état.
    pub mouvements: Vec<Mouvement>,
    /// People to contact.
    pub contacts: Vec<Personne>,
    /// News, the latest first.
    pub informations: Vec<Information>,
    /// Guides.
    pub guides: Vec<Guide>,
}

/// Figures of the year on the clocks of Paris.
#[derive(Debug, Clone, Copy)]
pub struct Chiffres {
    /// Pieces awaited, and late.
    pub pieces: Pieces,
    /// Living dossiers.
    pub en_cours: i64,
    /// The year.
    pub annee: i16,
    /// Its amounts.
    pub montants: Montants,
}

/// eGestion's home: a fixed number of queries, each bounded, whatever the number of dossiers.
pub async fn accueil(app: &App, claim: Claim<VoirAccueil>) -> Result<(Permit<VoirAccueil>, Accueil), Refus> {
    let maintenant = app.horloge().maintenant();
    let ici = a_paris(maintenant);
    app.read_as(claim, move |conn, permit| {
        let perimetre = Perimeter::of(permit);
        let aujourd_hui = ici.date();
        let annee = ici.year();
        let jours = (date(annee, 1, 1), date(annee, 12, 31));
        let montants = db::portail::montants(conn, &perimetre, instants(&ici, jours.0), jours)?;
        // The ten most urgent dossiers hold the ten most urgent pieces.
        let non_lus = Filtre { non_lus: true, ..Filtre::default() };
        let urgents = db::portail::a_completer(conn, &perimetre, None, A_FAIRE)?;
        Ok(Accueil {
            chiffres: Chiffres {
                pieces: pieces(conn, &perimetre, aujourd_hui)?,
                en_cours: db::dossiers::compter(conn, &perimetre, None)?.0,
                annee,
                montants,
            },
            a_faire: trier(manquantes(conn, &urgents)?),
            messages: db::messages::boite(conn, &perimetre, &non_lus, None, DERNIERS)?.lignes,
            mouvements: db::portail::mouvements(conn, &perimetre, DERNIERS)?,
            contacts: db::portail::contacts(conn, &perimetre)?,
            informations: db::portail::informations(conn, maintenant, INFORMATIONS)?,
            guides: db::portail::guides(conn)?,
        })
    })
    .await
}

/// The most urgent first; what has no day comes last.
fn trier(mut manquantes: Vec<Manquante>) -> Vec<Manquante> {
    manquantes.sort_by_key(|m| (m.echeance.is_none(), m.echeance));
    manquantes.truncate(A_FAIRE);
    manquantes
}

/// From the first instant of the year to that of the next one.
fn instants(ici: &Zoned, premier: Date) -> (Timestamp, Timestamp) {
    let zone: &TimeZone = ici.time_zone();
    let debut = |jour: Date| jour.to_zoned(zone.clone()).map_or(Timestamp::MIN, |z| z.timestamp());
    (debut(premier), debut(date(premier.year() + 1, 1, 1)))
}
