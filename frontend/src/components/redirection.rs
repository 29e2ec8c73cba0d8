//! Leading elsewhere, without a trap for the « back » button.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

use crate::routes::Route;

/// Replaces the address by another.
#[component]
pub fn Redirection(
    /// The other address.
    vers: Route,
) -> impl IntoView {
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=vers.href() options/> }
}
