//! What only the administrateurs of a company see, one company at a time.

use leptos::prelude::*;
use uuid::Uuid;

use super::champ::Champ;
use super::vide::Vide;
use crate::model::entreprises::entreprises;
use crate::state::session::Session;

/// The company shown, among those that the reader manages.
#[derive(Clone, Copy)]
pub struct Entreprise {
    siennes: Memo<Vec<(Uuid, String)>>,
    choisie: RwSignal<Option<Uuid>>,
    adherent: Memo<Option<Uuid>>,
}

impl Entreprise {
    /// The first of those that the reader manages, until another is chosen.
    pub fn courante() -> Self {
        let session = Session::courante();
        let siennes = Memo::new(move |_| session.de_moi(entreprises));
        let choisie = RwSignal::new(None::<Uuid>);
        // One that the reader no longer manages is not shown, though it was chosen.
        let adherent = Memo::new(move |_| {
            let choisie = choisie.get();
            siennes.with(|e| e.iter().find(|(id, _)| Some(*id) == choisie).or(e.first()).map(|(id, _)| *id))
        });
        Self { siennes, choisie, adherent }
    }

    /// The company; `None` when the reader manages none.
    pub fn adherent(self) -> Memo<Option<Uuid>> {
        self.adherent
    }
}

/// Chooses the company, where there are several.
#[component]
pub fn ChoixEntreprise(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// What is chosen.
    entreprise: Entreprise,
) -> impl IntoView {
    let Entreprise { siennes, choisie, adherent } = entreprise;
    view! {
        <Show when=move || siennes.with(|e| e.len() > 1)>
            <Champ id libelle="Entreprise" let:liens>
                <select
                    class="saisie formulaire-etroit"
                    id=liens.id
                    on:change=move |e| choisie.set(event_target_value(&e).parse().ok())
                >
                    {siennes
                        .get()
                        .into_iter()
                        .map(|(id, nom)| {
                            view! {
                                <option value=id.to_string() prop:selected=move || adherent.get() == Some(id)>{nom}</option>
                            }
                        })
                        .collect_view()}
                </select>
            </Champ>
        </Show>
    }
}

/// What everybody else is told.
#[component]
pub fn Reserve(
    /// What to ask of an administrateur.
    #[prop(default = "Demandez à l’un d’eux de relier votre logiciel à eGestion.")]
    suite: &'static str,
) -> impl IntoView {
    view! {
        <Vide titre="Cette page est réservée aux administrateurs de l’entreprise">
            <p>{suite}</p>
        </Vide>
    }
}
