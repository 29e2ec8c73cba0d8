use std::collections::HashMap;

use db::Conn;
use db::membres::{Lieu, Personne};
use domain::Acteur;
use domain::code::Code as _;
use domain::ids::{EtablissementId, UtilisateurId};
use domain::permit::Permit;
use domain::policy::{GererMembres, ReglerMembre, etablissements_des_membres};

use super::DroitLu;
use crate::{App, Error, version};

/// A member, as somebody who manages it sees it.
#[derive(Debug, Clone)]
pub struct Fiche {
    /// The person.
    pub personne: Personne,
    /// Whether it is the reader.
    pub moi: bool,
    /// What it may do, of the établissements whose members the reader manages.
    pub droits: Vec<DroitLu>,
}

/// A page of members.
#[derive(Debug, Clone)]
pub struct Page {
    /// The members, the latest account first.
    pub membres: Vec<Fiche>,
    /// The établissements whose members the reader manages.
    pub lieux: Vec<Lieu>,
    /// Where the next page starts.
    pub suivant: Option<UtilisateurId>,
}

/// A page of the members whom the actor manages, the latest account first.
pub async fn lister(
    app: &App,
    permit: &Permit<GererMembres>,
    avant: Option<UtilisateurId>,
    limite: usize,
) -> Result<Page, Error> {
    let p = permit.clone();
    app.read(move |conn| {
        let (personnes, suivant) = db::membres::lister(conn, &p, avant, limite)?;
        let lieux = db::membres::lieux(conn, &p)?;
        let geres: Vec<_> = lieux.iter().map(|l| l.id.0).collect();
        Ok(Page { membres: fiches(conn, personnes, &geres, p.acteur())?, lieux, suivant })
    })
    .await
}

/// A member.
pub async fn lire(app: &App, permit: &Permit<ReglerMembre>) -> Result<Fiche, Error> {
    let p = permit.clone();
    app.read(move |conn| fiche(conn, &p)).await
}

pub(super) fn fiche(conn: &mut Conn, permit: &Permit<ReglerMembre>) -> Result<Fiche, Error> {
    let personne = db::membres::lire(conn, permit)?;
    let geres = etablissements_des_membres(permit.acteur(), &permit.sur().membres);
    fiches(conn, vec![personne], &geres, permit.acteur())?.pop().ok_or(Error::Absent)
}

fn fiches(
    conn: &mut Conn,
    personnes: Vec<Personne>,
    geres: &[EtablissementId],
    lecteur: &Acteur,
) -> Result<Vec<Fiche>, Error> {
    let mut droits: HashMap<_, Vec<_>> = HashMap::new();
    for (id, lieu, role) in db::membres::droits(conn, &personnes, geres)? {
        droits.entry(id).or_default().push((lieu, role));
    }
    Ok(personnes
        .into_iter()
        .map(|personne| Fiche {
            moi: personne.id.0 == lecteur.id,
            droits: droits.remove(&personne.id.0).unwrap_or_default(),
            personne,
        })
        .collect())
}

/// The validator of a member: it changes with what it may do.
pub fn etiquette(fiche: &Fiche) -> String {
    let mut droits: Vec<_> = fiche.droits.iter().map(|(lieu, role)| (lieu.id.0, role.code())).collect();
    droits.sort_unstable();
    version::etiquette(&format!("{:?}", (fiche.personne.id.0, droits)))
}
