use db::bac_a_sable::Changement;
use db::codes::Audience;
use db::journal::Trace;
use domain::bac_a_sable::Voie;
use domain::code::Code as _;
use domain::dossier::{Acte, Etat, ModeReglement, appliquer, chemin};
use domain::evenement::EvenementType;
use domain::ids::UtilisateurId;
use domain::limites::{self, MOTIF_MAX};
use domain::permit::{Action as _, Permit};
use domain::policy::{DossierScope, ForcerDossier};

use super::BacASable;
use super::regler::{self, Somme};
use crate::demo::calendrier::Calendrier;
use crate::documents::{recalculer, transmettre_avec_le_dossier};
use crate::{App, Error, Journal, Tx};

/// Where a dossier is to be led, and how.
#[derive(Debug, Clone)]
pub struct Passage {
    /// To which état.
    pub vers: Etat,
    /// By which way.
    pub voie: Voie,
    /// The reason that members read.
    pub motif: Option<String>,
}

/// Leads a dossier to an état: by the acts of the state machine, or by force; the états it went through, in order.
///
/// [`Error::Etat`] when it stands there already, or when the machine leads nowhere there.
pub async fn changer_etat(
    _: &BacASable,
    app: &App,
    permit: &Permit<ForcerDossier>,
    passage: Passage,
) -> Result<Vec<Etat>, Error> {
    if passage.motif.as_ref().is_some_and(|m| m.chars().count() > MOTIF_MAX) {
        return Err(Error::champ(
            "/motif",
            format!("Le motif compte {} caractères au plus.", limites::ecrire(MOTIF_MAX)),
        ));
    }
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::dossiers::prendre(tx.conn, p.sur())?;
        let depart = db::portee::dossier(tx.conn, p.sur().id)?;
        if depart.etat == passage.vers {
            return Err(Error::Etat);
        }
        let actes = match passage.voie {
            Voie::Machine => Some(chemin(depart.etat, passage.vers).ok_or(Error::Etat)?),
            Voie::Force => None,
        };
        let mut marche = Marche::new(tx, &p, depart.clone())?;
        match &actes {
            Some(actes) => {
                for &acte in actes {
                    marche.faire(tx, acte, passage.motif.as_deref())?;
                }
            }
            None => marche.passer(tx, passage.vers, None, passage.motif.as_deref())?,
        }
        recalculer(tx, &marche.dossier)?;
        let actes: Option<Vec<_>> = actes.map(|a| a.iter().map(|acte| acte.code()).collect());
        let trace = Trace {
            action: ForcerDossier::NOM,
            objet: "dossier",
            objet_id: depart.id.uuid(),
            dossier: Some(depart.id),
            details: serde_json::json!({
                "voie": passage.voie.code(), "de": depart.etat.code(), "vers": passage.vers.code(), "actes": actes,
            }),
        };
        Ok(marche.finir(trace))
    })
    .await
}

/// A dossier on its way from one état to another.
pub(super) struct Marche<'a> {
    permit: &'a Permit<ForcerDossier>,
    gestionnaire: UtilisateurId,
    calendrier: Calendrier,
    pub(super) dossier: DossierScope,
    passes: Vec<DossierScope>,
}

impl<'a> Marche<'a> {
    pub(super) fn new(
        tx: &mut Tx<'_>,
        permit: &'a Permit<ForcerDossier>,
        dossier: DossierScope,
    ) -> Result<Self, Error> {
        let gestionnaire = db::bac_a_sable::gestionnaire(tx.conn, permit)?.ok_or(Error::Etat)?;
        Ok(Self { permit, gestionnaire, calendrier: Calendrier::new(tx.maintenant), dossier, passes: Vec::new() })
    }

    /// Does an act of the state machine, with what it brings.
    pub(super) fn faire(&mut self, tx: &mut Tx<'_>, acte: Acte, motif: Option<&str>) -> Result<(), Error> {
        let vers = appliquer(self.dossier.etat, acte).map_err(|_| Error::Etat)?;
        self.passer(tx, vers, Some(acte), motif)?;
        match acte {
            Acte::Regler => regler::verser(tx, self, Somme::Moitie, ModeReglement::Subrogation, None).map(drop),
            Acte::Solder => regler::verser(tx, self, Somme::Reste, ModeReglement::Subrogation, None).map(drop),
            _ => Ok(()),
        }
    }

    /// Writes that the dossier stands in another état, by an act or by force.
    pub(super) fn passer(
        &mut self,
        tx: &mut Tx<'_>,
        vers: Etat,
        acte: Option<Acte>,
        motif: Option<&str>,
    ) -> Result<(), Error> {
        let avant = self.dossier.etat;
        let gestionnaire = (vers != Etat::Brouillon).then_some(self.gestionnaire);
        let auteur = match acte {
            Some(Acte::Transmettre | Acte::Annuler | Acte::Completer) | None => self.permit.acteur().id,
            Some(_) => self.gestionnaire,
        };
        db::bac_a_sable::ecrire_etat(tx.conn, self.permit, vers, gestionnaire, tx.maintenant)?;
        let changement = Changement {
            id: self.calendrier.id(tx.maintenant),
            etat: vers,
            motif: motif.or_else(|| acte.and_then(usuel)).map(str::to_owned),
            auteur,
            le: tx.maintenant,
        };
        db::bac_a_sable::changer(tx.conn, self.permit, changement)?;
        self.dossier = DossierScope { etat: vers, gestionnaire, ..self.dossier.clone() };
        if avant == Etat::Brouillon {
            transmettre_avec_le_dossier(tx, &self.dossier)?;
        }
        self.passes.push(self.dossier.clone());
        Ok(())
    }

    /// Who acts.
    pub(super) const fn permit(&self) -> &'a Permit<ForcerDossier> {
        self.permit
    }

    /// An identifier that follows those of the changes before it, whatever the clock says.
    pub(super) fn id<T>(&self, tx: &Tx<'_>) -> domain::ids::Id<T> {
        self.calendrier.id(tx.maintenant)
    }

    /// The états gone through, and the journal that announces them.
    pub(super) fn finir(self, trace: Trace) -> (Vec<Etat>, Journal) {
        let journal = self.passes.iter().fold(Journal::new(trace), |journal, dossier| {
            journal.annonce(EvenementType::DossierEtat, Audience::Tous, dossier, None)
        });
        (self.passes.iter().map(|d| d.etat).collect(), journal)
    }
}

/// The reason of an act that is due one, when none is given.
const fn usuel(acte: Acte) -> Option<&'static str> {
    match acte {
        Acte::DemanderComplement => Some("Une pièce obligatoire manque ou ne se lit pas."),
        Acte::Refuser => Some("L’action de formation ne relève pas des critères de prise en charge."),
        Acte::Annuler => Some("La session est annulée."),
        Acte::ClasserSansSuite => Some("Les compléments demandés n’ont pas été reçus."),
        _ => None,
    }
}
