use jiff::civil::date as d;

use super::{
    attente, date, date_longue, distance, initiales, jour_et_mois, nombre, pluriel, repere_civil, siret, taille,
};

#[test]
fn dates_read_as_in_french() {
    assert_eq!(date(d(2026, 9, 2)), "02/09/2026");
    assert_eq!(date_longue(d(2026, 11, 23)), "Lundi 23\u{a0}novembre 2026");
    assert_eq!(date_longue(d(2027, 8, 1)), "Dimanche 1er\u{a0}août 2027");
    assert_eq!(jour_et_mois(d(2026, 12, 2)), ("2".to_owned(), "déc."));
}

#[test]
fn a_past_instant_is_told_as_shortly_as_can_be() {
    let aujourd_hui = d(2026, 11, 23);
    assert_eq!(repere_civil(d(2026, 11, 23).at(9, 5, 0, 0), aujourd_hui), "09\u{a0}h\u{a0}05");
    assert_eq!(repere_civil(d(2026, 9, 18).at(11, 14, 0, 0), aujourd_hui), "18/09");
    assert_eq!(repere_civil(d(2025, 9, 18).at(11, 14, 0, 0), aujourd_hui), "18/09/2025");
}

#[test]
fn distances_are_said_in_words() {
    let aujourd_hui = d(2026, 11, 23);
    for (jour, dit) in [
        (d(2026, 11, 20), "en retard de 3\u{a0}jours"),
        (d(2026, 11, 22), "en retard de 1\u{a0}jour"),
        (aujourd_hui, "aujourd’hui"),
        (d(2026, 11, 24), "demain"),
        (d(2026, 11, 30), "dans 7\u{a0}jours"),
        (d(2027, 3, 29), "dans 126\u{a0}jours"),
    ] {
        assert_eq!(distance(jour, aujourd_hui), dit);
    }
}

#[test]
fn sizes_and_numbers_are_grouped_and_agreed() {
    for (octets, dit) in [
        (0, "0\u{a0}octet"),
        (1, "1\u{a0}octet"),
        (512, "512\u{a0}octets"),
        (190_464, "186\u{a0}Ko"),
        (1_048_575, "1\u{202f}023\u{a0}Ko"),
        (1_887_437, "1,8\u{a0}Mo"),
        (20 * 1024 * 1024, "20\u{a0}Mo"),
        (32_925_286, "31,4\u{a0}Mo"),
    ] {
        assert_eq!(taille(octets), dit, "{octets}");
    }
    assert_eq!(nombre(1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(pluriel(0, "pièce", "pièces"), "0\u{a0}pièce");
    assert_eq!(pluriel(2, "pièce", "pièces"), "2\u{a0}pièces");
}

#[test]
fn waits_are_rounded_up() {
    for (secondes, dit) in [
        (0, "1\u{a0}seconde"),
        (45, "45\u{a0}secondes"),
        (61, "2\u{a0}minutes"),
        (900, "15\u{a0}minutes"),
        (7200, "2\u{a0}heures"),
    ] {
        assert_eq!(attente(secondes), dit);
    }
}

#[test]
fn a_siret_and_a_name_are_shortened_for_the_eye() {
    assert_eq!(siret("99841230800012"), "998\u{202f}412\u{202f}308\u{202f}00012");
    assert_eq!(initiales("Claire Aubertin"), "CA");
    assert_eq!(initiales("Jean-Éric Le Bihan"), "JÉ");
    assert_eq!(initiales(""), "");
}
