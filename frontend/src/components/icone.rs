//! Icons: one sprite, drawn once, and references to it.

use leptos::prelude::*;

macro_rules! glyphes {
    ($($nom:ident = $id:literal $trace:literal;)+) => {
        /// What an icon shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Glyphe { $($nom),+ }

        impl Glyphe {
            /// Its reference in the sprite.
            pub const fn reference(self) -> &'static str {
                match self { $(Self::$nom => concat!("#i-", $id)),+ }
            }
        }

        const SPRITE: &str = concat!(
            $("<symbol id=\"i-", $id, "\" viewBox=\"0 0 24 24\"><path d=\"", $trace, "\"/></symbol>"),+
        );
    };
}

glyphes! {
    Menu = "menu" "M3 6h18M3 12h18M3 18h18";
    Nuage = "nuage" "M7.5 17.5H7A4.5 4.5 0 0 1 6.3 8.6 6 6 0 0 1 18 9.8a3.9 3.9 0 0 1-.6 7.7h-.9M12 20.5v-8m-3.25 3.25L12 12.5l3.25 3.25";
    Bas = "bas" "M12 4v11.5m-4.75-4.75L12 15.5l4.75-4.75M5 20h14";
    Points = "points" "M5.5 12h.01M12 12h.01M18.5 12h.01";
    Oeil = "oeil" "M2.5 12S6 5.75 12 5.75 21.5 12 21.5 12 18 18.25 12 18.25 2.5 12 2.5 12zM12 14.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5z";
    Recu = "recu" "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6";
    Remplacer = "remplacer" "M4 8.5h13.5L14 5M20 15.5H6.5L10 19";
    Versions = "versions" "M4.2 10.5a8 8 0 1 1-.1 2.7M4 5.5v5h5M12 8v4.5l3 1.75";
    Mail = "mail" "M3 5.5h18v13H3zM3.5 6.5l8.5 7 8.5-7";
    Aide = "aide" "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.6a2.5 2.5 0 1 1 3.7 2.1c-.8.45-1.2.95-1.2 1.8M12 16.6v.1";
    Compte = "compte" "M12 12a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20c.7-3.5 3.6-5.25 7.5-5.25s6.8 1.75 7.5 5.25";
    Batiment = "batiment" "M4 20.5V4.5h10v16M14 10h6v10.5M2.5 20.5h19M7.5 8.5h3M7.5 12.5h3M7.5 16.5h3M17 13.8v.1M17 17.2v.1";
    Dossier = "dossier" "M3 5.5h6l2 2.5h10v11.5H3z";
    Euro = "euro" "M17.5 7.2a6.6 6.6 0 1 0 0 9.6M4 10.5h9M4 13.5h8";
    Utilisateurs = "utilisateurs" "M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM2.5 19.5c.6-3.2 3-5 6.5-5s5.9 1.8 6.5 5M15.5 11.5a3.25 3.25 0 0 0 1.5-6.1M18 14.9c2 .7 3.1 2.3 3.5 4.6";
    Recherche = "recherche" "M10.5 16.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 15l5.5 5.5";
    Filtre = "filtre" "M4 5h16l-6.5 8v6.5l-3-1.75V13z";
    Tri = "tri" "M8.5 9.5 12 6l3.5 3.5M8.5 14.5 12 18l3.5-3.5";
    TriAsc = "triasc" "M8 13.5 12 9.5l4 4";
    Chevron = "chevron" "M7 9.75l5 5 5-5";
    Check = "check" "M5 12.5l4.75 4.75L19.5 7";
    Double = "double" "M2.5 12.75 7 17.25l8.5-10M11.5 16.25l1 1 9-10";
    Croix = "croix" "M6 6l12 12M18 6 6 18";
    Alerte = "alerte" "M12 4 2.5 20h19zM12 10.2v4.6M12 17.2v.1";
    Info = "info" "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7v.1";
    Reprise = "reprise" "M19.2 12.6a7.2 7.2 0 1 1-2-5.6M19.5 3.8v4h-4";
    Pause = "pause" "M8.5 5.5v13M15.5 5.5v13";
    Marche = "marche" "M7.5 5.5v13L18.5 12z";
    Corbeille = "corbeille" "M4 7h16M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5M10.5 11v5.5M13.5 11v5.5";
    Trombone = "trombone" "M19.5 11.2 12 18.7a4.6 4.6 0 0 1-6.5-6.5l7.9-7.9a3.1 3.1 0 0 1 4.4 4.3l-7.9 8a1.6 1.6 0 0 1-2.2-2.3l7-7";
    Photo = "photo" "M3 7h4l1.5-2.5h7L17 7h4v12.5H3zM12 16.75a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5z";
    Externe = "externe" "M13.5 5H19v5.5M18.5 5.5 10.5 13.5M16 14.5V19H5V8h4.5";
    Etoile = "etoile" "M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z";
    Cadenas = "cadenas" "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
    Fleche = "fleche" "M4.5 12H19m-5.5-5.5L19 12l-5.5 5.5";
    Retour = "retour" "M19.5 12H5m5.5-5.5L5 12l5.5 5.5";
    Envoi = "envoi" "M5.5 18.5 18 6M9.5 5.5h9v9";
    Grille = "grille" "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z";
    Liste = "liste" "M4 6h.01M8 6h12M4 12h.01M8 12h12M4 18h.01M8 18h12";
    Drapeau = "drapeau" "M6 21V3.5M6 4.5h12l-2.25 4L18 12.5H6";
    Crayon = "crayon" "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4";
    Moins = "moins" "M5 12h14";
    Plus = "plus" "M5 12h14M12 5v14";
    Cle = "cle" "M8 18.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 11.7 19 3.7M15.5 7.2l3 3M13 9.7l2 2";
    Accueil = "accueil" "M3.5 11.5 12 4l8.5 7.5M6 9.5v11h12v-11M10 20.5v-6h4v6";
    Sortie = "sortie" "M10 4H4.5v16H10M15 7.5l4.5 4.5-4.5 4.5M19.5 12H9";
    Lune = "lune" "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z";
    Alternance = "alternance" "M12 4 2.5 8.5 12 13l9.5-4.5zM6.5 10.5v5.2c1.5 1.6 3.3 2.4 5.5 2.4s4-.8 5.5-2.4v-5.2M21.5 8.5v6";
    Competences = "competences" "M4 20V14h5v-4h5V6h6M16.5 2.5 20 6l-3.5 3.5";
    Transition = "transition" "M4 19.5C5 11 9.5 6 20 4.5c0 9-4 14.5-11.5 14.5-1.2 0-2.2-.2-3-.6M4 21c1.5-4.5 4.5-7.5 8.5-9.5";
    Recruter = "recruter" "M10 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 19.5c.7-3.2 3.3-5 7-5 1.3 0 2.4.2 3.4.6M18 13.5v6M15 16.5h6";
    Tutoriel = "tutoriel" "M3 5h18v12H3zM10 8.5v5l4.5-2.5zM8 20.5h8";
    Vide = "vide" "M5 5h14v14H5z";
}

/// The sprite; once, in the whole page.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg class="sprite" width="0" height="0" aria-hidden="true" inner_html=SPRITE></svg> }
}

/// An icon; what it means is said beside it, or by the control that holds it.
#[component]
pub fn Icone(
    /// What it shows.
    glyphe: Glyphe,
    /// `icone--s`, `icone--l` or `icone--gras`.
    #[prop(optional)]
    classe: &'static str,
) -> impl IntoView {
    let classe = if classe.is_empty() { "icone".to_owned() } else { format!("icone {classe}") };
    view! {
        <svg class=classe viewBox="0 0 24 24" aria-hidden="true">
            <use_ href=glyphe.reference()></use_>
        </svg>
    }
}
