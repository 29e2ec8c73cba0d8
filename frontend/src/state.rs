//! What lasts longer than a page: who is signed in, the theme, announcements, what is kept in the browser.

pub mod annonces;
pub mod garde;
pub mod joints;
pub mod organisme;
pub mod page;
pub mod session;
pub mod theme;
