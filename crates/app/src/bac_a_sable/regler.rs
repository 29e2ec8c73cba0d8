use db::dossiers::Reglement;
use db::journal::Trace;
use db::types::V;
use domain::dossier::{Acte, Etat, ModeReglement};
use domain::permit::{Action as _, Permit};
use domain::policy::ForcerDossier;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::BacASable;
use super::etat::Marche;
use crate::documents::recalculer;
use crate::{App, Error, Tx};

/// A payment to be received.
#[derive(Debug, Clone)]
pub struct Versement {
    /// In cents; what is left by default.
    pub montant: Option<i64>,
    /// Who is paid.
    pub mode: ModeReglement,
    /// Reference of the invoice.
    pub facture: Option<String>,
}

/// How much is paid.
#[derive(Debug, Clone, Copy)]
pub(super) enum Somme {
    /// That, in cents.
    Dite(i64),
    /// Half of what is left.
    Moitie,
    /// What is left.
    Reste,
}

/// Pays a dossier, as the OPCO would: it is then « en règlement », or « réglé » once nothing is left.
///
/// [`Error::Etat`] unless funding is agreed and something is left.
pub async fn regler(
    _: &BacASable,
    app: &App,
    permit: &Permit<ForcerDossier>,
    versement: Versement,
) -> Result<Reglement, Error> {
    if versement.facture.as_ref().is_some_and(|f| f.trim().is_empty() || f.chars().count() > 100) {
        return Err(Error::champ("/facture", "La référence de la facture compte de 1 à 100 caractères."));
    }
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::dossiers::prendre(tx.conn, p.sur())?;
        let depart = db::portee::dossier(tx.conn, p.sur().id)?;
        if !matches!(depart.etat, Etat::Accorde | Etat::EnReglement) {
            return Err(Error::Etat);
        }
        let mut marche = Marche::new(tx, &p, depart.clone())?;
        let somme = versement.montant.map_or(Somme::Reste, Somme::Dite);
        let paye = verser(tx, &marche, somme, versement.mode, versement.facture)?.ok_or(Error::Etat)?;
        match (reste(tx, &p)?, depart.etat) {
            (0, _) => marche.passer(tx, Etat::Regle, Some(Acte::Solder), None)?,
            (_, Etat::Accorde) => marche.passer(tx, Etat::EnReglement, Some(Acte::Regler), None)?,
            _ => {}
        }
        recalculer(tx, &marche.dossier)?;
        // A payment that settles nothing announces nothing: whoever follows what changed sees it all the same.
        db::dossiers::toucher(tx.conn, &marche.dossier, tx.maintenant)?;
        let trace = Trace {
            action: ForcerDossier::NOM,
            objet: "dossier",
            objet_id: depart.id.uuid(),
            dossier: Some(depart.id),
            details: serde_json::json!({ "reglement": paye.id.0.uuid(), "montant": paye.montant_regle }),
        };
        Ok((paye, marche.finir(trace).1))
    })
    .await
}

/// What is agreed and not paid, in cents.
fn reste(tx: &mut Tx<'_>, permit: &Permit<ForcerDossier>) -> Result<i64, Error> {
    let montants = db::bac_a_sable::montants(tx.conn, permit)?;
    Ok((montants.accorde.unwrap_or(montants.demande) - montants.regle).max(0))
}

/// Writes a payment; `None` when nothing is left.
pub(super) fn verser(
    tx: &mut Tx<'_>,
    marche: &Marche<'_>,
    somme: Somme,
    mode: ModeReglement,
    facture: Option<String>,
) -> Result<Option<Reglement>, Error> {
    let reste = reste(tx, marche.permit())?;
    let montant = match somme {
        _ if reste == 0 => return Ok(None),
        Somme::Dite(montant) if (1..=reste).contains(&montant) => montant,
        Somme::Dite(_) => {
            return Err(Error::champ(
                "/montant",
                format!("Donnez de 1 à {reste} centimes : c’est ce qui reste à payer."),
            ));
        }
        Somme::Moitie => (reste / 2).max(1),
        Somme::Reste => reste,
    };
    let dossier = db::dossiers::lire(tx.conn, marche.permit())?;
    let jour: Date = tx.maintenant.to_zoned(TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC)).date();
    let rang = dossier.nombres.reglements + 1;
    let reglement = Reglement {
        id: V(marche.id(tx)),
        facture: facture.unwrap_or_else(|| format!("FA-{}-{rang:02}", &dossier.dossier.numero[4..10])),
        beneficiaire: match mode {
            ModeReglement::Subrogation => dossier.dossier.organisme,
            ModeReglement::Remboursement => dossier.adherent,
        },
        mode: V(mode),
        montant_facture: montant,
        montant_regle: montant,
        virement: Some(format!("{}-{rang:06}", jour.strftime("%y%m%d"))),
        regle_le: Some(V(jour)),
    };
    db::bac_a_sable::regler(tx.conn, marche.permit(), &reglement, tx.maintenant)?;
    Ok(Some(reglement))
}
