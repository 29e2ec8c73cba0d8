//! The queue's behaviour, event by event.

use api_types::documents::Document;
use api_types::problem::{Problem, ProblemCode};
use domain::document::{Format, Sens, Statut, Verdict};
use jiff::Timestamp;
use uuid::Uuid;

use crate::api::echec::Echec;

use super::{
    Annonce, Cause, Depot, Destination, Effet, Evenement, Fichier, Instant, Lieu, Phase, Refus, Reponse, Reste, Zone,
};

const DEBUT: Instant = Instant { ms: 0.0, hasard: 0.5 };
const PIECE: Uuid = Uuid::from_u128(7);

fn fichier(nom: &str) -> Fichier {
    Fichier { nom: nom.to_owned(), taille: 1_000, mime: String::new() }
}

fn destination() -> Destination {
    Destination { zone: Zone { dossier: Uuid::from_u128(1), lieu: Lieu::Piece(PIECE) }, remplace: None }
}

fn document(nom: &str) -> Box<Document> {
    Box::new(Document {
        id: Uuid::from_u128(9),
        dossier_id: Uuid::from_u128(1),
        piece_id: Some(PIECE),
        sens: Sens::Adherent,
        nom: nom.to_owned(),
        format: Format::Pdf,
        taille: 1_000,
        sha256: "0".repeat(64),
        statut: Statut::Recu,
        verdict: Verdict::AExaminer,
        motif: None,
        avant: None,
        depose_par: "Nadia Lemercier".to_owned(),
        depose_le: Timestamp::UNIX_EPOCH,
        remplace_le: None,
        annulable_jusqu_a: None,
        transmis_le: None,
        version: 1,
        recu: "D-00000042".to_owned(),
        etag: "\"e\"".to_owned(),
        reference_externe: None,
    })
}

fn probleme(code: ProblemCode) -> Reponse {
    let document = (code == ProblemCode::DocumentEnDouble).then(|| document("a.pdf"));
    let probleme = Box::new(Problem {
        type_uri: String::new(),
        title: code.title().to_owned(),
        status: code.status(),
        code,
        detail: None,
        instance: Some("7F3A".to_owned()),
        errors: Vec::new(),
        document,
    });
    Err(Echec::Probleme { probleme, attente: None })
}

/// A queue where the files were chosen in one gesture; their identifiers are 2, 3, 4…
fn file(noms: &[&str]) -> (Depot, Vec<Effet>) {
    let mut depot = Depot::default();
    let choix = noms.iter().map(|n| (fichier(n), Ok(()))).collect();
    let effets = depot.appliquer(Evenement::Choix(destination(), choix), DEBUT);
    (depot, effets)
}

fn envoyes(effets: &[Effet]) -> Vec<u32> {
    effets.iter().filter_map(|e| if let Effet::Envoyer(id) = e { Some(*id) } else { None }).collect()
}

fn annonces(effets: &[Effet]) -> Vec<Annonce> {
    effets.iter().filter_map(|e| if let Effet::Annoncer(a) = e { Some(a.clone()) } else { None }).collect()
}

fn phase(depot: &Depot, id: u32) -> Option<&Phase> {
    depot.envoi(id).map(|e| &e.phase)
}

#[test]
fn three_uploads_at_a_time_and_the_next_takes_the_place_left() {
    let (mut depot, effets) = file(&["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"]);
    assert_eq!(envoyes(&effets), [2, 3, 4]);
    let effets = depot.appliquer(Evenement::Repondu(3, Ok(document("b.pdf"))), DEBUT);
    assert_eq!(envoyes(&effets), [5]);
    assert!(depot.envoi(3).is_none() && depot.occupe());
}

#[test]
fn a_failure_before_the_first_progress_shows_an_error_and_can_be_tried_again() {
    let (mut depot, _) = file(&["a.pdf"]);
    let effets = depot.appliquer(Evenement::Repondu(2, Err(Echec::Reseau)), DEBUT);
    assert_eq!(effets[0], Effet::Rappeler(2, 1_000.0));
    assert_eq!(phase(&depot, 2), Some(&Phase::Attente { cause: Cause::Reseau, jusqu_a: 1_000.0 }));
    let effets = depot.appliquer(Evenement::Reessai(2), DEBUT);
    assert_eq!(envoyes(&effets), [2]);
}

#[test]
fn answers_lead_where_they_must() {
    let serveur = |reference: Option<&str>| Cause::Serveur { reference: reference.map(str::to_owned) };
    for (reponse, encore, par_la_main) in [
        (Err(Echec::Reseau), true, Some(Cause::Reseau)),
        (Err(Echec::Illisible(502)), true, Some(serveur(None))),
        (probleme(ProblemCode::ServiceIndisponible), true, Some(serveur(Some("7F3A")))),
        (probleme(ProblemCode::ErreurInterne), true, Some(serveur(Some("7F3A")))),
        (probleme(ProblemCode::NonConnecte), false, Some(Cause::Session)),
        (probleme(ProblemCode::TropDeRequetes), false, Some(Cause::Cadence)),
        (Err(Echec::Illisible(413)), false, None),
        (probleme(ProblemCode::ChampsInvalides), false, None),
        (probleme(ProblemCode::FichierTronque), false, None),
        (probleme(ProblemCode::FormatRefuse), false, None),
        (probleme(ProblemCode::TropVolumineux), false, None),
        (probleme(ProblemCode::PieceComplete), false, None),
        (probleme(ProblemCode::Interdit), false, None),
    ] {
        let (mut depot, _) = file(&["a.pdf"]);
        let effets = depot.appliquer(Evenement::Repondu(2, reponse.clone()), DEBUT);
        assert_eq!(effets.iter().any(|e| matches!(e, Effet::Rappeler(..))), encore, "{reponse:?}");
        let cause = match phase(&depot, 2) {
            Some(Phase::Attente { cause, .. } | Phase::Echec(cause)) => Some(cause.clone()),
            _ => None,
        };
        assert_eq!(cause, par_la_main, "{reponse:?}");
        let effets = depot.appliquer(Evenement::Reessai(2), DEBUT);
        assert_eq!(!envoyes(&effets).is_empty(), par_la_main.is_some(), "{reponse:?}");
    }
}

#[test]
fn tries_by_themselves_are_spaced_and_end() {
    let (mut depot, _) = file(&["a.pdf"]);
    let mut pauses = Vec::new();
    let mut ms = 0.0;
    loop {
        let effets = depot.appliquer(Evenement::Repondu(2, Err(Echec::Illisible(503))), Instant { ms, hasard: 0.5 });
        let Some(pause) = effets.iter().find_map(|e| if let Effet::Rappeler(2, p) = e { Some(*p) } else { None })
        else {
            break;
        };
        pauses.push(pause);
        ms += pause;
        assert_eq!(envoyes(&depot.appliquer(Evenement::Echeance(2), Instant { ms, hasard: 0.5 })), [2]);
    }
    assert_eq!(pauses, [1_000.0, 2_000.0, 4_000.0]);
    assert_eq!(phase(&depot, 2), Some(&Phase::Echec(Cause::Serveur { reference: None })));
}

#[test]
fn a_wait_asked_by_the_server_is_kept() {
    let (mut depot, _) = file(&["a.pdf"]);
    let Err(Echec::Probleme { probleme, .. }) = probleme(ProblemCode::TropDeRequetes) else { panic!("a problem") };
    let reponse = Err(Echec::Probleme { probleme, attente: Some(30) });
    let effets = depot.appliquer(Evenement::Repondu(2, reponse), DEBUT);
    assert_eq!(effets, [Effet::Rappeler(2, 30_000.0)]);
}

#[test]
fn several_files_are_told_half_way_once() {
    let (mut depot, mut effets) = file(&["a.pdf", "b.pdf"]);
    for (id, envoyes) in [(2, 600), (3, 300), (3, 500), (2, 1_000), (3, 900)] {
        effets.extend(depot.appliquer(Evenement::Progres { id, envoyes }, DEBUT));
    }
    assert_eq!(annonces(&effets), [Annonce::DebutLot { nombre: 2 }, Annonce::MoitieLot { nombre: 2 }]);
}

#[test]
fn a_gesture_refused_whole_sends_nothing() {
    let mut depot = Depot::default();
    let effets = depot.appliquer(Evenement::Choix(destination(), vec![(fichier("a.exe"), Err(Refus::Vide))]), DEBUT);
    assert_eq!(effets, []);
    assert_eq!((phase(&depot, 2), depot.occupe()), (Some(&Phase::Refus(Refus::Vide)), false));
    assert_eq!(depot.appliquer(Evenement::Retrait(2), DEBUT), []);
    assert!(depot.envois().is_empty());
}

#[test]
fn a_reminder_that_comes_too_early_changes_nothing() {
    let (mut depot, _) = file(&["a.pdf"]);
    depot.appliquer(Evenement::Repondu(2, Err(Echec::Reseau)), DEBUT);
    assert_eq!(depot.appliquer(Evenement::Echeance(2), Instant { ms: 999.0, hasard: 0.5 }), []);
}

#[test]
fn offline_waits_for_the_network_and_starts_again_when_it_is_back() {
    let (mut depot, _) = file(&["a.pdf", "b.pdf"]);
    depot.appliquer(Evenement::HorsLigne, DEBUT);
    let mut perdus = Vec::new();
    for id in [2, 3] {
        perdus.extend(annonces(&depot.appliquer(Evenement::Repondu(id, Err(Echec::Reseau)), DEBUT)));
    }
    assert_eq!(perdus, [Annonce::Perte { nom: "a.pdf".to_owned() }]);
    let effets = depot.appliquer(Evenement::EnLigne, Instant { ms: 5_000.0, hasard: 0.5 });
    assert_eq!(envoyes(&effets), [2, 3]);
    let mut retours = Vec::new();
    for id in [2, 3] {
        let evenement = Evenement::Progres { id, envoyes: 10 };
        retours.extend(annonces(&depot.appliquer(evenement, Instant { ms: 5_100.0, hasard: 0.5 })));
    }
    assert_eq!(retours, [Annonce::Retour]);
}

#[test]
fn cancelling_one_leaves_the_others() {
    let (mut depot, _) = file(&["a.pdf", "b.pdf", "c.pdf", "d.pdf"]);
    let effets = depot.appliquer(Evenement::Retrait(3), DEBUT);
    assert_eq!(effets[0], Effet::Interrompre(3));
    assert_eq!(envoyes(&effets), [5]);
    assert_eq!(depot.envois().iter().map(|e| e.id).collect::<Vec<_>>(), [2, 4, 5]);
    assert!(depot.envois().iter().all(super::Envoi::en_vol));
    assert_eq!(depot.appliquer(Evenement::Repondu(3, Err(Echec::Reseau)), DEBUT), []);
}

#[test]
fn a_duplicate_asks_and_its_neighbour_continues() {
    let (mut depot, _) = file(&["a (1).pdf", "b.pdf"]);
    depot.appliquer(Evenement::Repondu(2, probleme(ProblemCode::DocumentEnDouble)), DEBUT);
    assert_eq!(phase(&depot, 2), Some(&Phase::Doublon(Some(document("a.pdf")))));
    assert!(depot.envoi(3).is_some_and(super::Envoi::en_vol));
    assert_eq!(depot.appliquer(Evenement::Reessai(2), DEBUT), []);
    let effets = depot.appliquer(Evenement::DoublonAccepte(2), DEBUT);
    assert_eq!(envoyes(&effets), [2]);
    assert!(depot.envoi(2).is_some_and(|e| e.doublon_accepte));
}

#[test]
fn a_try_cut_after_it_arrived_is_recognised() {
    let (mut depot, _) = file(&["a.pdf"]);
    depot.appliquer(Evenement::Parti(2), DEBUT);
    depot.appliquer(Evenement::Repondu(2, Err(Echec::Reseau)), DEBUT);
    depot.appliquer(Evenement::Reessai(2), DEBUT);
    let effets = depot.appliquer(Evenement::Repondu(2, probleme(ProblemCode::DocumentEnDouble)), DEBUT);
    assert_eq!(effets[1], Effet::Depose(2, destination(), document("a.pdf")));
}

#[test]
fn one_file_is_told_at_its_start_half_and_end_each_once() {
    let (mut depot, effets) = file(&["a.pdf"]);
    let mut dits = annonces(&effets);
    for (i, octets) in [100, 400, 500, 510, 900, 1_000].into_iter().enumerate() {
        let quand = Instant { ms: 200.0 * f64::from(u32::try_from(i).unwrap_or(0)), hasard: 0.5 };
        dits.extend(annonces(&depot.appliquer(Evenement::Progres { id: 2, envoyes: octets }, quand)));
    }
    depot.appliquer(Evenement::Parti(2), DEBUT);
    assert_eq!(phase(&depot, 2), Some(&Phase::Verification));
    dits.extend(annonces(&depot.appliquer(Evenement::Repondu(2, Ok(document("a.pdf"))), DEBUT)));
    let nom = "a.pdf".to_owned();
    assert_eq!(dits, [Annonce::Debut { nom: nom.clone() }, Annonce::Moitie { nom: nom.clone() }, Annonce::Fin { nom }]);
}

#[test]
fn a_gesture_of_several_files_ends_with_one_summary() {
    let mut depot = Depot::default();
    let refuse = (fichier("d.docx"), Err(Refus::Vide));
    let choix = [(fichier("a.pdf"), Ok(())), (fichier("b.pdf"), Ok(())), refuse].to_vec();
    let mut dits = annonces(&depot.appliquer(Evenement::Choix(destination(), choix), DEBUT));
    for id in [2, 3] {
        dits.extend(annonces(&depot.appliquer(Evenement::Repondu(id, Ok(document("a.pdf"))), DEBUT)));
    }
    assert_eq!(dits[0], Annonce::DebutLot { nombre: 2 });
    let Some(Annonce::Bilan(bilan)) = dits.get(1) else { panic!("{dits:?}") };
    assert_eq!((bilan.deposes, bilan.refuses, bilan.premier, dits.len()), (2, 1, Some(4), 2));
    assert_eq!(depot.bilans().count(), 1);
    assert_eq!(annonces(&depot.appliquer(Evenement::BilanLu(bilan.lot), DEBUT)), []);
    assert_eq!(depot.bilans().count(), 0);
}

#[test]
fn nothing_is_lost_by_leaving_once_all_is_settled() {
    let (mut depot, _) = file(&["a.pdf", "b.pdf"]);
    assert!(depot.occupe());
    depot.appliquer(Evenement::Repondu(2, probleme(ProblemCode::FormatRefuse)), DEBUT);
    assert!(depot.occupe());
    depot.appliquer(Evenement::Retrait(3), DEBUT);
    assert!(!depot.occupe());
}

const ENVOI: Uuid = Uuid::from_u128(42);

fn octets(depot: &Depot, id: u32) -> Option<u64> {
    depot.envoi(id).map(|e| e.envoyes)
}

#[test]
fn a_cut_upload_goes_on_from_what_the_server_keeps() {
    let (mut depot, _) = file(&["a.pdf"]);
    depot.appliquer(Evenement::Ouvert(2, Some(ENVOI)), DEBUT);
    depot.appliquer(Evenement::Progres { id: 2, envoyes: 700 }, DEBUT);
    depot.appliquer(Evenement::Repondu(2, Err(Echec::Reseau)), DEBUT);
    assert_eq!(octets(&depot, 2), Some(700));
    let effets = depot.appliquer(Evenement::EnLigne, DEBUT);
    assert_eq!((envoyes(&effets), octets(&depot, 2)), (vec![2], Some(700)));
    depot.appliquer(Evenement::Place { id: 2, recu: 600 }, DEBUT);
    assert_eq!(octets(&depot, 2), Some(600));
    // The server forgot it: everything leaves again.
    depot.appliquer(Evenement::Ouvert(2, None), DEBUT);
    depot.appliquer(Evenement::Place { id: 2, recu: 0 }, DEBUT);
    assert_eq!(octets(&depot, 2), Some(0));
}

#[test]
fn the_network_is_looked_for_as_long_as_it_takes() {
    let (mut depot, _) = file(&["a.pdf"]);
    let mut ms = 0.0;
    for essai in 0..50 {
        let effets = depot.appliquer(Evenement::Repondu(2, Err(Echec::Reseau)), Instant { ms, hasard: 0.5 });
        let pause = effets.iter().find_map(|e| if let Effet::Rappeler(2, p) = e { Some(*p) } else { None });
        assert!(pause.is_some_and(|p| p <= 30_000.0), "{essai}");
        ms += pause.unwrap_or_default();
        assert_eq!(envoyes(&depot.appliquer(Evenement::Echeance(2), Instant { ms, hasard: 0.5 })), [2]);
    }
}

#[test]
fn a_pause_stops_one_file_and_leaves_its_place_to_the_next() {
    let (mut depot, _) = file(&["a.pdf", "b.pdf", "c.pdf", "d.pdf"]);
    depot.appliquer(Evenement::Ouvert(2, Some(ENVOI)), DEBUT);
    depot.appliquer(Evenement::Progres { id: 2, envoyes: 400 }, DEBUT);
    let effets = depot.appliquer(Evenement::Pause(2), DEBUT);
    assert_eq!((effets[0].clone(), envoyes(&effets)), (Effet::Interrompre(2), vec![5]));
    assert_eq!(annonces(&effets), [Annonce::Pause { nom: "a.pdf".to_owned() }]);
    assert_eq!((phase(&depot, 2), octets(&depot, 2)), (Some(&Phase::EnPause), Some(400)));
    // Neither the network nor the moment of a try wakes it.
    depot.appliquer(Evenement::EnLigne, DEBUT);
    depot.appliquer(Evenement::Echeance(2), DEBUT);
    assert_eq!(phase(&depot, 2), Some(&Phase::EnPause));
    assert!(depot.occupe());
    depot.appliquer(Evenement::Repondu(3, Ok(document("b.pdf"))), DEBUT);
    let effets = depot.appliquer(Evenement::Suite(2), DEBUT);
    assert_eq!((envoyes(&effets), octets(&depot, 2)), (vec![2], Some(400)));
}

#[test]
fn what_has_left_whole_cannot_be_stopped() {
    let (mut depot, _) = file(&["a.pdf"]);
    depot.appliquer(Evenement::Parti(2), DEBUT);
    assert_eq!(depot.appliquer(Evenement::Pause(2), DEBUT), []);
    assert_eq!(phase(&depot, 2), Some(&Phase::Verification));
}

#[test]
fn files_come_back_after_a_reload() {
    let reste = Reste { televersement: Some(ENVOI), doublon_accepte: false, pause: false, octets: true };
    let restaurer =
        |depot: &mut Depot, reste| depot.appliquer(Evenement::Restaure(destination(), fichier("a.pdf"), reste), DEBUT);
    let mut depot = Depot::default();
    assert_eq!(envoyes(&restaurer(&mut depot, reste)), [2]);
    assert_eq!(depot.envoi(2).and_then(|e| e.televersement), Some(ENVOI));
    let mut depot = Depot::default();
    assert_eq!(restaurer(&mut depot, Reste { pause: true, ..reste }), []);
    assert_eq!(phase(&depot, 2), Some(&Phase::EnPause));
    let mut depot = Depot::default();
    assert_eq!(restaurer(&mut depot, Reste { octets: false, ..reste }), []);
    assert_eq!((phase(&depot, 2), depot.occupe()), (Some(&Phase::AChoisir), false));
    assert_eq!(envoyes(&depot.appliquer(Evenement::Suite(2), DEBUT)), [2]);
}

#[test]
fn signing_in_again_goes_on_with_what_the_end_of_the_session_stopped() {
    let (mut depot, _) = file(&["a.pdf", "b.pdf"]);
    depot.appliquer(Evenement::Repondu(2, probleme(ProblemCode::NonConnecte)), DEBUT);
    depot.appliquer(Evenement::Repondu(3, probleme(ProblemCode::FormatRefuse)), DEBUT);
    assert_eq!(envoyes(&depot.appliquer(Evenement::Session, DEBUT)), [2]);
}
