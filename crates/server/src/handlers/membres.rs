pub mod accepter;
pub mod inviter;
pub mod lire;
pub mod regler;
