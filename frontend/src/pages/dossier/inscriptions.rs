//! « INSCRIPTION(S) »: the trainees of a dossier.

use api_types::dossiers::{Inscription, Inscriptions as Liste};
use api_types::endpoint::ListerInscriptions;
use leptos::prelude::*;

use super::Ici;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::vide::Vide;
use crate::format;

/// The registrations of the dossier.
#[component]
pub fn Inscriptions() -> impl IntoView {
    let ici = Ici::courant();
    ici.titre(|| "Inscriptions".to_owned());
    let lecture = lire(move || Some(ListerInscriptions { dossier_id: ici.id }));
    view! {
        <h2 class="vh">"Inscriptions"</h2>
        <Chargement lecture quoi="les inscriptions" let:liste>
            {move || liste.with(|l| if l.elements.is_empty() { vide().into_any() } else { tableau(l).into_any() })}
        </Chargement>
    }
}

fn vide() -> impl IntoView {
    view! {
        <Vide titre="Aucune inscription pour le moment">
            <p class="meta">"Les stagiaires apparaissent ici dès que la demande les nomme."</p>
        </Vide>
    }
}

fn tableau(liste: &Liste) -> impl IntoView + use<> {
    view! {
        <div class="table-cadre" role="region" aria-label="Inscriptions" tabindex="0">
            <table class="table table--cartes">
                <caption class="vh">"Stagiaires et tuteurs inscrits, par nom"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Nom"</th>
                        <th scope="col">"Prénom"</th>
                        <th scope="col">"Date de naissance"</th>
                        <th scope="col"><abbr title="Catégorie socioprofessionnelle">"CSP"</abbr></th>
                        <th scope="col">"Titre"</th>
                        <th scope="col">"Rôle"</th>
                    </tr>
                </thead>
                <tbody>{liste.elements.iter().map(ligne).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn ligne(i: &Inscription) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row" class="large">{i.nom.clone()}</th>
            <td data-libelle="Prénom">{i.prenom.clone()}</td>
            <td class="num" data-libelle="Date de naissance">{format::date(i.date_naissance)}</td>
            <td data-libelle="CSP">{i.csp.clone()}</td>
            <td data-libelle="Titre">{i.titre.clone()}</td>
            <td data-libelle="Rôle">{i.role.clone()}</td>
        </tr>
    }
}
