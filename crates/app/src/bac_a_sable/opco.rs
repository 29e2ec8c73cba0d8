//! The acts of the other side, done in its place by the administrateur of an invented company.

use std::sync::Arc;

use db::documents::Fiche;
use db::messages::MessageLu;
use domain::acteur::Cote;
use domain::authorize;
use domain::bac_a_sable::GenreDocument;
use domain::code::Code as _;
use domain::ids::TypePieceId;
use domain::message::Corps;
use domain::permit::{Action, Permit};
use domain::policy::{DemanderPiece, DeposerOpco, DossierScope, Ecrire, ForcerDossier};
use jiff::civil::Date;

use super::BacASable;
use crate::demo::depots::{dessiner, sceller};
use crate::demo::pdf::{self, Sujet};
use crate::documents::{self, NouveauDepot, preparer_opco};
use crate::{App, Error, messages};

/// The permit of the gestionnaire of the dossier, who is judged as ever; a brouillon has none: [`Error::Etat`].
async fn gestionnaire<A: Action<Sur = DossierScope>>(
    app: &App,
    permit: &Permit<ForcerDossier>,
) -> Result<Permit<A>, Error> {
    let dossier = permit.sur().clone();
    let id = dossier.gestionnaire.ok_or(Error::Etat)?;
    app.read(move |conn| {
        let acteur = db::sessions::acteur(conn, id, Cote::Gestionnaire)?;
        Ok(authorize::<A>(&Arc::new(acteur), dossier)?)
    })
    .await
}

/// Writes a message of the gestionnaire.
pub async fn ecrire(
    _: &BacASable,
    app: &App,
    permit: &Permit<ForcerDossier>,
    corps: Corps,
) -> Result<MessageLu, Error> {
    let lui = gestionnaire::<Ecrire>(app, permit).await?;
    messages::ecrire(app, &lui, corps, Vec::new(), None).await
}

/// Asks for a piece as the gestionnaire would.
pub async fn demander_piece(
    _: &BacASable,
    app: &App,
    permit: &Permit<ForcerDossier>,
    piece: TypePieceId,
    motif: String,
    avant: Option<Date>,
) -> Result<(), Error> {
    let lui = gestionnaire::<DemanderPiece>(app, permit).await?;
    documents::demander_piece(app, &lui, piece, motif, avant).await
}

/// Deposits a document of the gestionnaire, made up for the occasion.
pub async fn deposer(
    _: &BacASable,
    app: &App,
    permit: &Permit<ForcerDossier>,
    genre: GenreDocument,
    nom: Option<String>,
) -> Result<Fiche, Error> {
    let lui = gestionnaire::<DeposerOpco>(app, permit).await?;
    let sujet = sujet(app, permit).await?;
    let nom = nom.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| nom_usuel(genre).to_owned());
    let (titre, le) = (nom.clone(), app.horloge().maintenant());
    let octets = dessiner(move || pdf::document(&sujet, genre.code(), &titre, le)).await?;
    let scelle = sceller(app, octets).await?;
    // The same letter may be sent twice.
    let depot = NouveauDepot { scelle, nom, doublon_accepte: true, reference: None, televersement: None };
    documents::deposer_opco(app, &lui, &preparer_opco(), depot).await
}

const fn nom_usuel(genre: GenreDocument) -> &'static str {
    match genre {
        GenreDocument::Accord => "Accord_de_prise_en_charge.pdf",
        GenreDocument::Refus => "Notification_de_refus.pdf",
        GenreDocument::Modele => "Modele_certificat_realisation.pdf",
        GenreDocument::Courrier => "Courrier.pdf",
    }
}

/// What the document is about.
async fn sujet(app: &App, permit: &Permit<ForcerDossier>) -> Result<Sujet, Error> {
    let p = permit.clone();
    let opco = app.reglages().organisme.clone();
    app.read(move |conn| {
        let detail = db::dossiers::lire(conn, &p)?;
        let stagiaires = db::dossiers::inscriptions(conn, &p)?;
        let d = detail.dossier;
        let (debut, fin) = (d.date_debut.0.strftime("%d/%m/%Y"), d.date_fin.0.strftime("%d/%m/%Y"));
        Ok(Sujet {
            dates: format!("Du {debut} au {fin}"),
            montant: domain::montant::Centimes(d.montant_accorde.unwrap_or(d.montant_demande)).to_string(),
            numero: d.numero,
            demande: d.demande_numero,
            intitule: d.intitule,
            organisme: d.organisme,
            adherent: detail.adherent,
            siret: db::bac_a_sable::siret(conn, &p)?,
            stagiaires: stagiaires.into_iter().map(|s| format!("{} {}", s.nom, s.prenom)).collect(),
            opco,
        })
    })
    .await
}
