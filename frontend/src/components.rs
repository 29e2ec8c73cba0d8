//! What pages are made of.

pub mod alerte;
pub mod bouton;
pub mod cases;
pub mod champ;
pub mod chargement;
pub mod copie;
pub mod dialogue;
pub mod echeance;
pub mod entreprise;
pub mod etat;
pub mod explication;
pub mod fil;
pub mod force;
pub mod guide;
pub mod icone;
pub mod ligne_message;
pub mod menu;
pub mod nouveautes;
pub mod pastille;
pub mod prose;
pub mod redirection;
pub mod suite;
pub mod titre;
pub mod vide;
