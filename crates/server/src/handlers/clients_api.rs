pub mod cles;
pub mod creer;
pub mod lire;
pub mod modifier;
pub mod secrets;
