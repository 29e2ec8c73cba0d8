//! News, guides and services of the portal, as rows.

use db::lots::{LigneGuide, LigneInformation, LigneService};
use db::types::V;
use jiff::civil::date;

use super::calendrier::{Ancrage, Calendrier};
use super::depots::{dessiner, sceller};
use super::ecriture::Lignes;
use super::pdf;
use super::textes::{GUIDES, INFORMATIONS, SERVICES};
use crate::{App, Error};

/// Adds what the portal and the home show.
pub(super) async fn ajouter(app: &App, c: &Calendrier, lignes: &mut Lignes) -> Result<(), Error> {
    for (titre, corps, le, a) in INFORMATIONS {
        let publiee_le = c.instant(*le, Ancrage::Mobile, *a);
        lignes.informations.push(LigneInformation {
            id: V(c.id(publiee_le)),
            titre: (*titre).to_owned(),
            corps: (*corps).to_owned(),
            publiee_le: V(publiee_le),
        });
    }
    let le = c.instant(date(2026, 9, 1), Ancrage::Mobile, (9, 0));
    for (rang, guide) in (0..).zip(GUIDES) {
        let opco = app.reglages().organisme.clone();
        let scelle = sceller(app, dessiner(move || pdf::guide(guide, &opco, le)).await?).await?;
        lignes.guides.push(LigneGuide {
            id: V(c.id(le)),
            titre: guide.0.to_owned(),
            nom: guide.1.to_owned(),
            format: V(scelle.constat.format),
            taille: i64::try_from(scelle.constat.taille).unwrap_or(i64::MAX),
            blob: scelle.blob,
            rang,
        });
    }
    for (theme_rang, (theme, services)) in (0..).zip(SERVICES) {
        for (rang, (titre, corps)) in (0..).zip(*services) {
            lignes.services.push(LigneService {
                id: V(c.id(le)),
                theme: (*theme).to_owned(),
                theme_rang,
                titre: (*titre).to_owned(),
                corps: (*corps).to_owned(),
                rang,
            });
        }
    }
    Ok(())
}
