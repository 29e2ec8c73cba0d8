//! The band that says, on every page, that all is invented.

use leptos::prelude::*;

use crate::state::organisme::Organisme;

/// Says that the page is that of a sandbox; nothing elsewhere.
#[component]
pub fn BacASable() -> impl IntoView {
    let organisme = Organisme::courant();
    let montre = Memo::new(move |_| organisme.bac_a_sable());
    view! {
        <Show when=move || montre.get()>
            <aside class="bac" aria-label="Bac à sable">"Bac à sable – données fictives"</aside>
        </Show>
    }
}
