//! How much may be sent: what the server refuses beyond, the page says before, and the OpenAPI document tells.
//!
//! Where no source is given, the product decides: no rule of law or of the OPCOs sets it. Limits that come with a rule of
//! their own are with it: [`mot_de_passe`](crate::mot_de_passe), [`reference`](crate::reference),
//! [`televersement`](crate::televersement).

/// Largest file where a category sets no limit of its own, in bytes: the same everywhere, so that what the form takes is
/// not refused by the messages.
///
/// Between the public service of apprenticeship contracts (10 MiB) and Démarches simplifiées (20 Mo in a message, 200 Mo
/// elsewhere); the OPCOs publish none.
pub const FICHIER_MAX: u64 = 20 * 1024 * 1024;
/// Most files attached to a message.
pub const JOINTES_MAX: usize = 10;
/// Longest message, in characters.
pub const CORPS_MAX: usize = 10_000;
/// Longest reason of a request for a piece, of a judgement or of an état, in characters.
pub const MOTIF_MAX: usize = 1_000;
/// Longest text that is looked for, in characters.
pub const RECHERCHE_MAX: usize = 200;
/// Longest first or last name of a person, in characters.
pub const NOM_MAX: usize = 100;
/// Longest name of an API client, and of its software, in characters.
pub const NOM_CLIENT_MAX: usize = 80;
/// Longest address of a webhook, in bytes.
pub const URL_MAX: usize = 2_048;
/// Longest description of a subscription to webhooks, in characters.
pub const DESCRIPTION_MAX: usize = 200;
/// Longest idempotency key, in characters; draft-ietf-httpapi-idempotency-key-header leaves it to the server.
pub const CLE_MAX: usize = 255;
/// Most acts of a batch.
pub const ACTES_MAX: usize = 100;
/// Dossiers of a view are counted up to this number: beyond, the count would cost more than it tells.
pub const COMPTE_MAX: i64 = 10_000;

/// A limit as French writes it, its thousands apart.
pub fn ecrire(limite: usize) -> String {
    if limite < 1_000 { limite.to_string() } else { format!("{} {:03}", limite / 1_000, limite % 1_000) }
}

#[cfg(test)]
mod tests {
    use super::{CORPS_MAX, DESCRIPTION_MAX, MOTIF_MAX, ecrire};

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([CORPS_MAX, MOTIF_MAX, DESCRIPTION_MAX].map(ecrire), ["10 000", "1 000", "200"]);
    }
}
