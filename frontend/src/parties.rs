//! Code that is fetched when it is first needed: all but what leads to the sign-in.
//!
//! Each `#[wasm_split]` function below, and what only it reaches, becomes a WebAssembly file of its own
//! (`crates/xtask/src/web/split.rs`). A part is a table of views: once it is there, everything is drawn at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::api::echec::Echec;
use crate::components::alerte::AlerteEchec;
use crate::components::chargement::Os;
use crate::layout::cadre::{Cadre, CadrePlein, CadrePublic};
use crate::pages::{
    accueil, clients, compte, dossier, dossiers, gestion, legal, messagerie, portail, utilisateurs, webhooks,
};
use crate::state::page::CONTENU;
use crate::state::reseau::Reseau;

/// Draws a page or a frame.
pub type Vue = fn() -> AnyView;

/// What somebody signed in sees.
#[derive(Debug, Clone, Copy)]
pub struct Espace {
    /// The frame with the menu.
    pub cadre: Vue,
    /// The frame without the menu.
    pub cadre_plein: Vue,
    /// The frame of pages that anybody may read.
    pub cadre_public: Vue,
    /// The portal, once signed in.
    pub portail: Vue,
    /// A service's page.
    pub service: Vue,
    /// Guides and how-tos.
    pub tutoriel: Vue,
    /// Skills.
    pub competences: Vue,
    /// eGestion's home.
    pub accueil: Vue,
    /// The inbox.
    pub messagerie: Vue,
    /// The people of a company.
    pub utilisateurs: Vue,
    /// The API clients of a company.
    pub clients_api: Vue,
    /// One API client.
    pub client_api: Vue,
    /// The webhooks of a company.
    pub webhooks: Vue,
    /// One webhook and its deliveries.
    pub webhook: Vue,
    /// The list of dossiers.
    pub dossiers: Vue,
    /// A dossier, around its tabs.
    pub dossier: Vue,
    /// A dossier without a tab.
    pub premier_onglet: Vue,
    /// INSCRIPTION(S).
    pub inscriptions: Vue,
    /// RÈGLEMENT(S).
    pub reglements: Vue,
    /// MES DOCUMENTS.
    pub documents: Vue,
    /// DOCUMENTS of the OPCO.
    pub documents_opco: Vue,
    /// MESSAGE(S).
    pub messages: Vue,
    /// The OPCO's worklist.
    pub gestion: Vue,
    /// The account.
    pub compte: Vue,
    /// Accessibility statement.
    pub accessibilite: Vue,
    /// Personal data.
    pub donnees_personnelles: Vue,
    /// Legal notice.
    pub mentions_legales: Vue,
}

#[wasm_split(espace, wasm_split_path = ::leptos::wasm_split, fallible)]
fn espace() -> Result<Espace, SplitLoaderError> {
    Ok(Espace {
        cadre: || Cadre().into_any(),
        cadre_plein: || CadrePlein().into_any(),
        cadre_public: || CadrePublic().into_any(),
        portail: || portail::MonEspace().into_any(),
        service: || portail::fiche::Service().into_any(),
        tutoriel: || portail::tutoriel::Tutoriel().into_any(),
        competences: || portail::competences::Competences().into_any(),
        accueil: || accueil::Accueil().into_any(),
        messagerie: || messagerie::Messagerie().into_any(),
        utilisateurs: || utilisateurs::Utilisateurs().into_any(),
        clients_api: || clients::Clients().into_any(),
        client_api: || clients::Fiche().into_any(),
        webhooks: || webhooks::Webhooks().into_any(),
        webhook: || webhooks::Fiche().into_any(),
        dossiers: || dossiers::Dossiers().into_any(),
        dossier: || dossier::Dossier().into_any(),
        premier_onglet: || dossier::PremierOnglet().into_any(),
        inscriptions: || dossier::inscriptions::Inscriptions().into_any(),
        reglements: || dossier::reglements::Reglements().into_any(),
        documents: || dossier::documents::Documents().into_any(),
        documents_opco: || dossier::documents_opco::DocumentsOpco().into_any(),
        messages: || dossier::messages::Messages().into_any(),
        gestion: || gestion::Gestion().into_any(),
        compte: || compte::Compte().into_any(),
        accessibilite: || legal::Accessibilite().into_any(),
        donnees_personnelles: || legal::DonneesPersonnelles().into_any(),
        mentions_legales: || legal::MentionsLegales().into_any(),
    })
}

/// A part of the page: not there yet, on its way, or there.
#[derive(Debug, Clone, Copy)]
pub struct Parties {
    espace: RwSignal<Option<Espace>>,
    echec: RwSignal<Option<Echec>>,
    en_route: StoredValue<bool>,
}

impl Parties {
    /// Nothing is there yet.
    pub fn nouvelles() -> Self {
        let parties =
            Self { espace: RwSignal::new(None), echec: RwSignal::new(None), en_route: StoredValue::new(false) };
        Reseau::courant().au_retour(move || {
            if parties.echec.with_untracked(Option::is_some) {
                parties.chercher();
            }
        });
        parties
    }

    /// The parts of this page.
    pub fn courantes() -> Self {
        expect_context()
    }

    /// Fetches what somebody signed in sees, unless it is there or on its way.
    pub fn chercher(self) {
        if self.espace.with_untracked(Option::is_some) || self.en_route.get_value() {
            return;
        }
        self.en_route.set_value(true);
        self.echec.set(None);
        spawn_local(async move {
            match espace().await {
                Ok(la) => self.espace.set(Some(la)),
                // The loader says no more: the file did not come.
                Err(_) => self.echec.set(Some(Echec::Reseau)),
            }
            self.en_route.set_value(false);
        });
    }
}

/// Draws `vue` once its code is there.
pub fn espace_de(vue: fn(&Espace) -> Vue) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || view! { <Differee vue/> }.into_any()
}

/// A view whose code may still be on its way.
#[component]
pub fn Differee(
    /// Which view.
    vue: fn(&Espace) -> Vue,
) -> impl IntoView {
    let parties = Parties::courantes();
    parties.chercher();
    move || {
        match parties.espace.get() {
        Some(la) => untrack(|| vue(&la)()),
        None => view! {
            <div class="coque coque--pleine">
                <main class="contenu" id=CONTENU tabindex="-1" aria-busy=move || parties.echec.with(Option::is_none).to_string()>
                    <AlerteEchec echec=parties.echec reprise=true reessayer=move |()| parties.chercher()/>
                    <Show when=move || parties.echec.with(Option::is_none)>
                        <Os lignes=4/>
                    </Show>
                </main>
            </div>
        }
        .into_any(),
    }
    }
}
