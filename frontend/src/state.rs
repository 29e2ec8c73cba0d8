//! What lasts longer than a page: who is signed in, the theme, announcements, the network, the list to come back to, what
//! is kept in the browser.

pub mod annonces;
pub mod garde;
pub mod joints;
pub mod organisme;
pub mod origine;
pub mod page;
pub mod reseau;
pub mod session;
pub mod theme;
