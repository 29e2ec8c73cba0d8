//! The strength of a password: how many guesses it would take.

use domain::mot_de_passe::{MotDePasseRefuse, SCORE_MIN, longueur};
use domain::secret::Secret;

use super::hachage::calculer;
use crate::{App, Champ, Error};

/// Words that a guesser of French passwords tries first, beside the 30 000 common passwords and
/// the dictionaries that the estimator holds; its dictionaries are English.
const MOTS: &[&str] = &[
    "egestion",
    "motdepasse",
    "mot de passe",
    "azerty",
    "azertyuiop",
    "qsdfgh",
    "qsdfghjklm",
    "wxcvbn",
    "bonjour",
    "bonsoir",
    "soleil",
    "chocolat",
    "doudou",
    "loulou",
    "coucou",
    "jetaime",
    "marseille",
    "paris",
    "lyon",
    "nantes",
    "toulouse",
    "bordeaux",
    "bretagne",
    "france",
    "football",
    "vacances",
    "famille",
    "maison",
    "papillon",
    "princesse",
    "entreprise",
    "societe",
    "formation",
    "formations",
    "dossier",
    "dossiers",
    "batiment",
    "travaux",
    "chantier",
    "construction",
    "opco",
    "adherent",
    "compta",
    "comptabilite",
    "direction",
    "bureau",
    "administrateur",
    "gestionnaire",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "printemps",
    "automne",
    "hiver",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "motdepasse1",
    "azerty123",
    "bienvenue",
    "changezmoi",
    "secret",
    "portail",
    "connexion",
];

/// Fewest letters and digits that are not the person's own words.
const RESTE_MIN: usize = 6;

/// A password's strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Force {
    /// From 0 (guessed at once) to 4 (very unguessable).
    pub score: u8,
    /// Whether it is accepted.
    pub accepte: bool,
}

/// Judges a password while it is typed: nothing is known of the person yet.
///
/// The estimate takes its turn with the hashes: it is slow on a long password.
pub async fn evaluer(app: &App, mot_de_passe: Secret<String>) -> Result<Force, Error> {
    let organisme = app.reglages().organisme.clone();
    calculer(app, move |_| Ok(force(mot_de_passe.expose(), &[organisme]))).await
}

/// Judges a password of somebody of whom `contexte` is known: names, address, company.
pub(super) async fn juger(
    app: &App,
    pointeur: &'static str,
    mot_de_passe: Secret<String>,
    contexte: Vec<String>,
) -> Result<(), Error> {
    calculer(app, move |_| {
        accepter(mot_de_passe.expose(), &contexte).map_err(|e| Error::champ(pointeur, phrase(&e.to_string())))
    })
    .await
}

/// The same, among other fields: one that is too weak is noted with those that are wrong.
pub(crate) async fn noter(
    app: &App,
    champs: &mut Vec<Champ>,
    pointeur: &'static str,
    mot_de_passe: Secret<String>,
    contexte: Vec<String>,
) -> Result<(), Error> {
    match juger(app, pointeur, mot_de_passe, contexte).await {
        Err(Error::Champs(faibles)) => {
            champs.extend(faibles);
            Ok(())
        }
        juge => juge,
    }
}

/// A sentence from the text of a rule.
pub(super) fn phrase(texte: &str) -> String {
    let mut lettres = texte.chars();
    let premiere = lettres.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{premiere}{}.", lettres.as_str())
}

fn force(mot_de_passe: &str, contexte: &[String]) -> Force {
    let score = score(mot_de_passe, contexte);
    Force { score, accepte: longueur(mot_de_passe).is_ok() && score >= SCORE_MIN }
}

fn accepter(mot_de_passe: &str, contexte: &[String]) -> Result<(), MotDePasseRefuse> {
    longueur(mot_de_passe)?;
    if force(mot_de_passe, contexte).accepte { Ok(()) } else { Err(MotDePasseRefuse::Devinable) }
}

/// The score of a password, or of what is left of it without its separators when that is guessed
/// at once: `P-a-s-s-w-o-r-d-1-2-3` is worth `Password123`.
///
/// The estimator reads 100 characters at most, which bounds its time; a password that is strong
/// by its first 100 characters is strong.
fn score(mot_de_passe: &str, contexte: &[String]) -> u8 {
    let mots: Vec<String> = contexte.iter().flat_map(|texte| decouper(texte)).collect();
    if reste(mot_de_passe, &mots).is_some_and(|n| n < RESTE_MIN) {
        return 0;
    }
    let connus: Vec<&str> = mots.iter().map(String::as_str).chain(MOTS.iter().copied()).collect();
    let entier = estimer(mot_de_passe, &connus);
    let nu: String = mot_de_passe.chars().filter(|c| c.is_alphanumeric()).collect();
    let moitie = mot_de_passe.chars().count().div_ceil(2);
    if nu.len() < mot_de_passe.len() && nu.chars().count() >= moitie {
        // A random password full of signs is left alone: its letters by themselves score 2 at least.
        let sans_signes = estimer(&nu, &connus);
        if sans_signes < 2 {
            return entier.min(sans_signes);
        }
    }
    entier
}

/// Letters and digits of a password once the person's own words are taken out of it, if there are any.
fn reste(mot_de_passe: &str, mots: &[String]) -> Option<usize> {
    let mut nu: String = db::recherche::cle(mot_de_passe).chars().filter(|c| c.is_alphanumeric()).collect();
    let entier = nu.len();
    let mut longs: Vec<&String> = mots.iter().filter(|m| m.chars().all(char::is_alphanumeric)).collect();
    longs.sort_by_key(|m| std::cmp::Reverse(m.len()));
    for mot in longs {
        nu = nu.replace(mot.as_str(), "");
    }
    (nu.len() < entier).then(|| nu.chars().count())
}

fn estimer(mot_de_passe: &str, connus: &[&str]) -> u8 {
    u8::from(zxcvbn::zxcvbn(mot_de_passe, connus).score())
}

/// A text as a guesser uses it: whole, and each of its words.
fn decouper(texte: &str) -> Vec<String> {
    let bas = db::recherche::cle(texte);
    let mots = bas.split(|c: char| !c.is_alphanumeric()).filter(|m| m.chars().count() >= 3).map(str::to_owned);
    let mut tous: Vec<String> = mots.collect();
    tous.push(tous.concat());
    tous.push(bas);
    tous.retain(|m| !m.is_empty());
    tous
}

#[cfg(test)]
mod tests {
    use domain::mot_de_passe::MotDePasseRefuse;

    use super::{accepter, force};

    #[test]
    fn common_and_personal_passwords_are_refused() {
        let contexte = &["nadia.lemercier@bati-rives.example", "Nadia", "Lemercier", "Bâti Rives", "Constructys"]
            .map(str::to_owned);
        for faible in [
            "password1234",
            "Password123!",
            "P-a-s-s-w-o-r-d-1-2-3",
            "p.a.s.s.w.o.r.d.1.2",
            "motdepasse2026",
            "MotDePasse!2026",
            "azertyuiop123",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "123456789012345",
            "lemercier2026",
            "Nadia.Lemercier",
            "constructys2026",
            "egestion-2026!",
            "bati-rives-2026",
            "soleil-soleil-soleil",
        ] {
            assert_eq!(accepter(faible, contexte), Err(MotDePasseRefuse::Devinable), "{faible}");
        }
    }

    #[test]
    fn sentences_and_random_passwords_are_accepted() {
        for fort in [
            "quatre mots suffisent : tuile, brouette, zinc",
            "tuile brouette zinc ardoise",
            "kT9$vQ2!xR7@mB",
            "x!9@#$%^&*()_kQ;2",
            "Ωμέγα-échafaudage-77",
        ] {
            assert_eq!(accepter(fort, &["Constructys".to_owned()]), Ok(()), "{fort}");
        }
    }

    #[test]
    fn length_is_judged_before_strength() {
        assert_eq!(accepter("kT9$vQ2!xR7", &[]), Err(MotDePasseRefuse::TropCourt));
        assert_eq!(accepter(&"tuile brouette zinc ".repeat(20), &[]), Err(MotDePasseRefuse::TropLong));
        let force_courte = force("kT9$vQ2!xR7", &[]);
        assert!(force_courte.score >= 3 && !force_courte.accepte);
        assert_eq!(force("", &[]).score, 0);
    }
}
