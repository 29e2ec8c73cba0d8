use std::collections::HashMap;
use std::collections::hash_map::Entry;

use db::Conn;
use db::clients_api::{Cle, DepuisAdresse, Lieu, Ligne, Secret, Usage, compte};
use domain::Scopes;
use domain::ids::ClientApiId;
use domain::permit::{Action, Permit};
use domain::policy::{ClientApiScope, GererClient, GererClients, LireClient};
use domain::reseau::Reseau;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use crate::{App, Error, version};

/// Days of use that a list sums up.
const RESUME: i64 = 7;
/// Days of use that a client's page shows.
const JOURS: i64 = 30;

/// A client in a list.
#[derive(Debug, Clone)]
pub struct Resume {
    /// The client.
    pub ligne: Ligne,
    /// Its scopes.
    pub scopes: Scopes,
    /// The networks that it may call from; none is anywhere.
    pub adresses: Vec<Reseau>,
    /// Its établissements.
    pub lieux: Vec<Lieu>,
    /// Who made it.
    pub cree_par: String,
    /// Its last days of use, the latest first.
    pub usages: Vec<Usage>,
}

/// A page of clients.
#[derive(Debug, Clone)]
pub struct Page {
    /// The clients, the latest first.
    pub clients: Vec<Resume>,
    /// Where the next page starts.
    pub suivant: Option<ClientApiId>,
}

/// A client and all that its page shows.
#[derive(Debug, Clone)]
pub struct Fiche {
    /// The client, with its use of the last days.
    pub resume: Resume,
    /// Its secrets that live.
    pub secrets: Vec<Secret>,
    /// Its public keys.
    pub cles: Vec<Cle>,
    /// From where it was called, or somebody tried in its name, in the last days: the latest first.
    pub depuis: Vec<DepuisAdresse>,
    /// Whether the reader may change it.
    pub peut_gerer: bool,
}

/// A page of the company's clients that the actor sees, the latest first.
pub async fn lister(
    app: &App,
    permit: &Permit<GererClients>,
    avant: Option<ClientApiId>,
    limite: usize,
) -> Result<Page, Error> {
    let p = permit.clone();
    let depuis = il_y_a(RESUME, app.horloge().maintenant());
    app.read(move |conn| {
        let mut lignes = db::clients_api::lister(conn, &p, avant, limite)?;
        let reste = lignes.len() > limite;
        lignes.truncate(limite);
        let suivant = if reste { lignes.last().map(|l| l.id.0) } else { None };
        let usages = db::clients_api::resumes(conn, &lignes, depuis)?;
        Ok(Page { clients: resumer(conn, lignes, &usages)?, suivant })
    })
    .await
}

/// A client, with its use of the last days.
pub async fn lire(app: &App, permit: &Permit<LireClient>) -> Result<Fiche, Error> {
    let p = permit.clone();
    let maintenant = app.horloge().maintenant();
    app.read(move |conn| fiche(conn, &p, maintenant)).await
}

pub(super) fn fiche<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    maintenant: Timestamp,
) -> Result<Fiche, Error> {
    let ligne = db::clients_api::lire(conn, permit)?;
    let depuis = il_y_a(JOURS, maintenant);
    let usages = db::clients_api::usages(conn, permit, depuis)?;
    let resume = resumer(conn, vec![ligne], &usages)?.pop().ok_or(Error::Absent)?;
    let mut secrets = db::clients_api::secrets(conn, permit)?;
    secrets.retain(|s| s.vit(maintenant));
    Ok(Fiche {
        resume,
        secrets,
        cles: db::clients_api::cles(conn, permit)?,
        depuis: par_adresse(db::clients_api::adresses(conn, permit, depuis)?),
        peut_gerer: crate::authz::peut::<GererClient>(permit.partage(), permit.sur()),
    })
}

/// The validator of a client: it changes with its settings, and not with its use, its secrets or its keys.
pub fn etiquette(client: &Resume) -> String {
    let Resume { ligne, scopes, adresses, lieux, .. } = client;
    let mut lieux: Vec<_> = lieux.iter().map(|l| l.id.0).collect();
    lieux.sort_unstable();
    let fin = ligne.expire_le.map(|fin| fin.0.as_microsecond());
    let adresses: Vec<_> = adresses.iter().map(ToString::to_string).collect();
    let texte = format!("{:?}", (ligne.id.0, &ligne.nom, &ligne.logiciel, scopes.to_string(), lieux, adresses, fin));
    version::etiquette(&texte)
}

/// The first of the last days, today among them.
fn il_y_a(jours: i64, maintenant: Timestamp) -> Date {
    crate::portail::a_paris(maintenant).date().saturating_sub((jours - 1).days())
}

/// One line an address, whatever the day; the latest first.
fn par_adresse(jours: Vec<DepuisAdresse>) -> Vec<DepuisAdresse> {
    let mut adresses: HashMap<String, DepuisAdresse> = HashMap::new();
    for jour in jours {
        adresses.entry(jour.adresse.clone()).and_modify(|vue| vue.ajouter(&jour)).or_insert(jour);
    }
    let mut adresses: Vec<_> = adresses.into_values().collect();
    adresses.sort_by(|a, b| (b.derniere_le.0, &a.adresse).cmp(&(a.derniere_le.0, &b.adresse)));
    adresses
}

fn resumer(conn: &mut Conn, lignes: Vec<Ligne>, usages: &[Usage]) -> Result<Vec<Resume>, Error> {
    let lieux = db::clients_api::lieux(conn, &lignes)?;
    let mut noms = HashMap::new();
    let mut clients = Vec::with_capacity(lignes.len());
    for ligne in lignes {
        let id = ligne.id.0;
        let cree_par = match noms.entry(ligne.cree_par.0) {
            Entry::Occupied(lu) => lu.into_mut(),
            Entry::Vacant(place) => place.insert(db::comptes::nom(conn, ligne.cree_par.0)?),
        };
        clients.push(Resume {
            scopes: db::clients_api::lire_scopes(&ligne.scopes)?,
            adresses: db::clients_api::lire_adresses(&ligne.adresses)?,
            lieux: lieux.iter().filter(|l| l.client.0 == compte(id)).cloned().collect(),
            cree_par: cree_par.clone(),
            usages: usages.iter().filter(|u| u.client.0 == id).cloned().collect(),
            ligne,
        });
    }
    Ok(clients)
}
