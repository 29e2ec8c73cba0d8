//! Webhooks: subscriptions, their secret, their log.

pub mod creer;
pub mod essayer;
pub mod etat;
pub mod lire;
pub mod livraisons;
pub mod modifier;
pub mod rejouer;
pub mod secret;
pub mod types;
