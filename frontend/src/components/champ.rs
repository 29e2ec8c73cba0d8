//! Fields: label, help, error, then the field, tied together for screen readers.

use leptos::prelude::*;

use super::icone::{Glyphe, Icone};

/// What ties a field to its label, help and error. Each goes on the field itself.
#[derive(Clone, Copy)]
pub struct Liens {
    /// `id`.
    pub id: &'static str,
    /// `aria-describedby`.
    pub decrit: Signal<Option<String>>,
    /// `aria-invalid`.
    pub invalide: Signal<Option<&'static str>>,
}

/// A field of any kind: the children draw it with the links they are given.
#[component]
pub fn Champ<F, V>(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    libelle: String,
    /// A word of help, always visible.
    #[prop(default = None)]
    aide: Option<String>,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    erreur: Signal<Option<String>>,
    /// Draws the field.
    children: F,
) -> impl IntoView
where
    F: FnOnce(Liens) -> V,
    V: IntoView,
{
    let a_aide = aide.is_some();
    let decrit = Signal::derive(move || {
        let ids: Vec<String> =
            [a_aide.then(|| format!("{id}-aide")), erreur.with(Option::is_some).then(|| format!("{id}-erreur"))]
                .into_iter()
                .flatten()
                .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    });
    let invalide = Signal::derive(move || erreur.with(Option::is_some).then_some("true"));
    view! {
        <div class="champ" class:champ--erreur=move || erreur.with(Option::is_some)>
            <label for=id>{libelle}</label>
            {aide.map(|aide| view! { <p class="aide" id=format!("{id}-aide")>{aide}</p> })}
            {move || {
                erreur
                    .get()
                    .map(|erreur| {
                        view! {
                            <p class="champ__erreur" id=format!("{id}-erreur")>
                                <Icone glyphe=Glyphe::Alerte classe="icone--s"/>
                                <span><span class="vh">"Erreur\u{a0}: "</span>{erreur}</span>
                            </p>
                        }
                    })
            }}
            {children(Liens { id, decrit, invalide })}
        </div>
    }
}

/// A field of one line.
#[component]
pub fn ChampTexte(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    libelle: String,
    /// What is typed.
    valeur: RwSignal<String>,
    /// A word of help, always visible.
    #[prop(optional, into)]
    aide: Option<String>,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    erreur: Signal<Option<String>>,
    /// `text`, `email`, `search`…
    #[prop(default = "text")]
    nature: &'static str,
    /// The keyboard of a phone.
    #[prop(optional)]
    clavier: Option<&'static str>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    remplissage: &'static str,
    /// Whether an empty field is a fault.
    #[prop(optional)]
    obligatoire: bool,
    /// Most characters.
    #[prop(optional)]
    longueur: Option<usize>,
    /// When the field is left.
    #[prop(optional, into)]
    quitte: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <Champ id libelle aide erreur let:liens>
            <input
                class="saisie"
                type=nature
                id=liens.id
                aria-describedby=liens.decrit
                aria-invalid=liens.invalide
                autocomplete=remplissage
                inputmode=clavier
                required=obligatoire
                maxlength=longueur.map(|l| l.to_string())
                bind:value=valeur
                on:blur=move |_| {
                    if let Some(quitte) = quitte {
                        quitte.run(());
                    }
                }
            />
        </Champ>
    }
}

/// A password, which can be shown.
#[component]
pub fn ChampMotDePasse(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    libelle: String,
    /// What is typed.
    valeur: RwSignal<String>,
    /// A word of help, always visible.
    #[prop(optional, into)]
    aide: Option<String>,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    erreur: Signal<Option<String>>,
    /// `current-password` or `new-password`.
    #[prop(default = "current-password")]
    remplissage: &'static str,
    /// What is drawn under the field.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let montre = RwSignal::new(false);
    view! {
        <Champ id libelle aide erreur let:liens>
            <div class="saisie-groupe">
                <input
                    class="saisie"
                    type=move || if montre.get() { "text" } else { "password" }
                    id=liens.id
                    aria-describedby=liens.decrit
                    aria-invalid=liens.invalide
                    autocomplete=remplissage
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    bind:value=valeur
                />
                <button
                    class="btn"
                    type="button"
                    aria-pressed=move || montre.get().to_string()
                    on:click=move |_| montre.update(|m| *m = !*m)
                >
                    "Afficher"
                    <span class="vh">" le mot de passe"</span>
                </button>
            </div>
            {children.map(|enfants| enfants())}
        </Champ>
    }
}
