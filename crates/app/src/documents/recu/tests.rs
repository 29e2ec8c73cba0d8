use std::io::Read as _;

use db::documents::{LigneDocument, Recu};
use db::types::V;
use domain::document::{Format, Sens, Statut, Usage, Verdict};
use uuid::Uuid;

use super::{dessiner, instant, milliers, siret};
use crate::documents::deposer::hex;

fn exemple(nom: &str, transmis: Option<&str>) -> Recu {
    let id = V(Uuid::nil().into());
    let le = |t: &str| V(t.parse().unwrap());
    let document = LigneDocument {
        id,
        dossier_id: V(Uuid::nil().into()),
        type_piece_id: None,
        usage: V(Usage::Piece),
        sens: V(Sens::Adherent),
        nom: nom.to_owned(),
        format: V(Format::Pdf),
        taille: 8_412_903,
        sha256: (0..32).map(|i| 0x9f_u8.wrapping_mul(i)).collect(),
        blob: "00/0".to_owned(),
        statut: V(if transmis.is_some() { Statut::Transmis } else { Statut::Recu }),
        verdict: V(Verdict::AExaminer),
        motif: None,
        depose_par: V(Uuid::nil().into()),
        depose_le: le("2026-11-23T13:31:54.123456Z"),
        transmission_prevue_le: le("2026-11-23T13:32:54.123456Z"),
        transmis_le: transmis.map(le),
        lignee_id: id,
        version: 1,
        remplace_le: None,
        avant: None,
    };
    Recu {
        document,
        depose_par: "Nadia Lemercier".to_owned(),
        categorie: Some("Certificat de réalisation".to_owned()),
        dossier: "1826006292.01".to_owned(),
        demande: "1310811".to_owned(),
        intitule: "Travail en hauteur et montage d’échafaudages de pied (R408)".to_owned(),
        etablissement: "Bâti-Rives, siège de Rezé".to_owned(),
        siret: "99841230800012".to_owned(),
        adherent: "Bâti-Rives".to_owned(),
    }
}

/// The PDF's streams, inflated.
fn flux(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut flux = Vec::new();
    let mut reste = pdf;
    while let Some(debut) = reste.windows(8).position(|f| f == b"\nstream\n") {
        reste = &reste[debut + 8..];
        let mut clair = Vec::new();
        if flate2::read::ZlibDecoder::new(reste).read_to_end(&mut clair).is_ok() {
            flux.push(clair);
        }
    }
    flux
}

#[test]
fn a_receipt_is_an_archival_pdf_and_the_same_each_time() {
    let recu = exemple("Certificat_KERIVEN_Thomas.pdf", None);
    let pdf = dessiner("D-20261123-000000", "Constructys", &recu).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(contient(&pdf, b"<pdfaid:part>2</pdfaid:part>"));
    assert!(contient(&pdf, b"<pdfuaid:part>1</pdfuaid:part>"));
    assert_eq!(pdf, dessiner("D-20261123-000000", "Constructys", &recu).unwrap());
}

#[test]
fn any_name_has_its_receipt() {
    let longue = "a".repeat(200);
    for nom in [
        &longue,
        "x",
        "Фактура 発票 🧾.pdf",
        "cafe\u{301}.pdf",
        // Characters that are drawn as one: a skin tone, a family, a flag, marks that no letter bears, a joiner.
        "Photo 👍🏻.pdf",
        "?🏻",
        "a🏻b",
        "👩‍👩‍👧‍👦🇫🇷.pdf",
        "e\u{489}\u{20dd}\u{fe0f}",
        // What no text should hold, and may.
        "\u{feff}a\u{fffe}\u{ffff}\u{e000}\u{fffd}\u{ad}\u{2028}",
        "\u{200d}\u{301}\u{200e}א\u{5b0}ب\u{64b}क\u{94d}ष",
    ] {
        let mut recu = exemple(nom, Some("2026-11-23T13:32:54Z"));
        nom.clone_into(&mut recu.depose_par);
        assert!(dessiner("D-1", "Constructys", &recu).is_ok(), "{nom}");
    }
}

#[test]
fn figures_and_instants_read_as_in_french() {
    assert_eq!(milliers(8_412_903), "8\u{202f}412\u{202f}903");
    assert_eq!(milliers(12), "12");
    assert_eq!(siret("99841230800012"), "998\u{a0}412\u{a0}308\u{a0}00012");
    for (utc, paris) in [
        ("2026-11-23T13:31:54Z", "23/11/2026 à 14 h 31 min 54 s (UTC+01:00)"),
        ("2026-07-01T22:00:05Z", "02/07/2026 à 00 h 00 min 05 s (UTC+02:00)"),
    ] {
        assert_eq!(instant(utc.parse().unwrap()).replace('\u{a0}', " "), paris);
    }
}

fn contient(pdf: &[u8], octets: &[u8]) -> bool {
    pdf.windows(octets.len()).any(|f| f == octets)
}

#[test]
fn the_whole_fingerprint_is_read_in_one_piece() {
    let recu = exemple("Certificat.pdf", None);
    let pdf = dessiner("D-1", "Constructys", &recu).unwrap();
    let lu = format!("/ActualText({})", hex(&recu.document.sha256));
    assert!(flux(&pdf).iter().any(|f| contient(f, lu.as_bytes())), "{lu}");
}
