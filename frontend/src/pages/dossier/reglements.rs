//! « RÈGLEMENT(S) »: what is agreed, invoiced and paid on a dossier.

use api_types::dossiers::{ModeReglement, Reglement, Reglements as Liste};
use api_types::endpoint::ListerReglements;
use domain::montant::Centimes;
use leptos::prelude::*;

use super::Ici;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::vide::Vide;
use crate::format;

/// The payments of the dossier.
#[component]
pub fn Reglements() -> impl IntoView {
    let ici = Ici::courant();
    ici.titre(|| "Règlements".to_owned());
    let lecture = lire(move || Some(ListerReglements { dossier_id: ici.id }));
    let membre = ici.membre();
    view! {
        <h2 class="vh">"Règlements"</h2>
        <Chargement lecture quoi="les règlements" let:liste>
            {move || {
                liste
                    .with(|l| {
                        let corps = if l.elements.is_empty() { vide(membre).into_any() } else { tableau(l).into_any() };
                        view! { <div class="pile">{totaux(l)}{corps}</div> }
                    })
            }}
        </Chargement>
    }
}

fn totaux(l: &Liste) -> impl IntoView + use<> {
    let reste = (l.accorde - l.regle).max(0);
    let montants = [("Accordé", l.accorde), ("Facturé", l.facture), ("Réglé", l.regle), ("Reste à régler", reste)];
    let montant = |(nom, centimes): (&'static str, i64)| {
        view! {
            <li><div><span class="etiquette">{nom}</span><b>{Centimes(centimes).to_string()}</b></div></li>
        }
    };
    view! { <ul class="chiffres" aria-label="Totaux du dossier">{montants.map(montant).collect_view()}</ul> }
}

fn vide(membre: bool) -> impl IntoView {
    let suite = if membre {
        "Le règlement suit le dépôt de la facture et du certificat de réalisation, dans «\u{a0}Mes documents\u{a0}»."
    } else {
        "Le règlement suit le dépôt de la facture et du certificat de réalisation par l’adhérent."
    };
    view! { <Vide titre="Aucun règlement pour le moment"><p class="meta">{suite}</p></Vide> }
}

fn tableau(l: &Liste) -> impl IntoView + use<> {
    view! {
        <div class="table-cadre" role="region" aria-label="Règlements" tabindex="0">
            <table class="table table--cartes">
                <caption class="vh">"Règlements du dossier, les plus récents d’abord"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Facture"</th>
                        <th scope="col">"Bénéficiaire"</th>
                        <th scope="col">"Mode"</th>
                        <th scope="col" class="montant">"Facturé TTC"</th>
                        <th scope="col" class="montant">"Réglé"</th>
                        <th scope="col">"Virement"</th>
                        <th scope="col">"Réglé le"</th>
                    </tr>
                </thead>
                <tbody>{l.elements.iter().map(ligne).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn ligne(r: &Reglement) -> impl IntoView + use<> {
    let mode = match r.mode {
        ModeReglement::Subrogation => "Subrogation",
        ModeReglement::Remboursement => "Remboursement",
    };
    let jour = r.regle_le.map_or_else(|| "À venir".to_owned(), format::date);
    view! {
        <tr>
            <th scope="row" class="large">{r.facture.clone()}</th>
            <td data-libelle="Bénéficiaire">{r.beneficiaire.clone()}</td>
            <td data-libelle="Mode">{mode}</td>
            <td class="montant" data-libelle="Facturé TTC">{Centimes(r.montant_facture).to_string()}</td>
            <td class="montant" data-libelle="Réglé">{Centimes(r.montant_regle).to_string()}</td>
            <td data-libelle="Virement">{r.virement.clone().unwrap_or_else(|| "À venir".to_owned())}</td>
            <td class="num" data-libelle="Réglé le">{jour}</td>
        </tr>
    }
}
