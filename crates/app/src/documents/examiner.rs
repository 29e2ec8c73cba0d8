use db::codes::Audience;
use db::documents::Fiche;
use db::journal::Trace;
use domain::code::Code as _;
use domain::document::{Usage, Verdict};
use domain::evenement::EvenementType;
use domain::limites::{self, MOTIF_MAX};
use domain::permit::{Action as _, Permit};
use domain::policy::Examiner;
use jiff::civil::Date;

use super::demander::{jour_possible, terme};
use super::etiquette::verifier;
use super::recalculer;
use crate::version::Attendue;
use crate::{App, Error, Journal, messages};

/// Judges a member's document, in the version that was read; a reason is due when something must be put right, and the
/// member is told of it by a message, with the day by which it is to be, if there is one.
///
/// An attachment fills no category, and a version that another replaced fills it no more, so there is nothing to judge
/// in them. A replacement that is not transmitted yet changes nothing.
pub async fn examiner(
    app: &App,
    permit: &Permit<Examiner>,
    attendue: Attendue,
    verdict: Verdict,
    motif: Option<String>,
    avant: Option<Date>,
) -> Result<Fiche, Error> {
    let motif = motif.map(|m| m.trim().to_owned()).filter(|m| !m.is_empty());
    if !verdict.remplit() && motif.is_none() {
        return Err(Error::champ("/motif", "Indiquez ce qui doit être corrigé : l’adhérent le lira."));
    }
    if motif.as_ref().is_some_and(|m| m.chars().count() > MOTIF_MAX) {
        return Err(Error::champ(
            "/motif",
            format!("Le motif compte {} caractères au plus.", limites::ecrire(MOTIF_MAX)),
        ));
    }
    if avant.is_some() && verdict != Verdict::ACompleter {
        return Err(Error::champ("/avant", "Un jour ne se donne que pour un document à compléter."));
    }
    let (p, organisme) = (permit.clone(), app.reglages().organisme.clone());
    app.write(permit.acteur(), move |tx| {
        let document = p.sur();
        db::dossiers::prendre(tx.conn, &document.dossier)?;
        let present = db::documents::lire(tx.conn, &p)?;
        verifier(&attendue, &present)?;
        if present.document.usage.0 != Usage::Piece {
            return Err(Error::Etat);
        }
        if db::documents::depasse(tx.conn, &p)? {
            return Err(Error::Depasse);
        }
        jour_possible(tx, present.document.avant.map(|jour| jour.0), avant)?;
        db::documents::examiner(tx.conn, &p, verdict, motif.as_deref(), avant)?;
        recalculer(tx, &document.dossier)?;
        let fiche = db::documents::lire(tx.conn, &p)?;
        let trace = Trace {
            action: Examiner::NOM,
            objet: "document",
            objet_id: document.id.uuid(),
            dossier: Some(document.dossier.id),
            details: serde_json::json!({ "verdict": verdict.code(), "avant": avant }),
        };
        let journal = Journal::new(trace).annonce(
            EvenementType::DocumentExamine,
            Audience::Tous,
            &document.dossier,
            Some(document.id.uuid()),
        );
        let journal = match annonce(&organisme, &present, &fiche) {
            Some(texte) => messages::avertir(tx, journal, &document.dossier, p.acteur().id, &texte)?,
            None => journal,
        };
        Ok((fiche, journal))
    })
    .await
}

/// What the member is told of a judgement: what is to be put right, or that nothing is any more.
fn annonce(organisme: &str, avant: &Fiche, apres: &Fiche) -> Option<String> {
    let (avant, apres) = (&avant.document, &apres.document);
    let motif = apres.motif.as_deref().unwrap_or_default();
    match apres.verdict.0 {
        verdict if verdict == avant.verdict.0 && apres.motif == avant.motif && apres.avant == avant.avant => None,
        Verdict::Refusee => Some(format!("{organisme} a refusé le document « {} » : {motif}", apres.nom)),
        Verdict::ACompleter => {
            let terme = terme(apres.avant.map(|jour| jour.0));
            Some(format!("{organisme} demande de corriger « {} »{terme} : {motif}", apres.nom))
        }
        Verdict::Acceptee | Verdict::AExaminer if !avant.verdict.0.remplit() => {
            Some(format!("{organisme} n’attend plus de correction du document « {} ».", apres.nom))
        }
        Verdict::Acceptee | Verdict::AExaminer => None,
    }
}
