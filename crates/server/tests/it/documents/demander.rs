//! The gestionnaire's requests for pieces: not overwritten blindly, modified, withdrawn.

use api_types::ProblemCode;
use api_types::documents::{DemandePiece, Examen, ModificationDemande, PieceDemandee};
use api_types::endpoint::{
    DemanderPiece, ExaminerDocument, LireAccueil, LireDocument, LireDossier, LireFil, ModifierDemandePiece,
    RetirerDemandePiece,
};
use api_types::messages::PageFil;
use db::schema::evenements;
use db::types::V;
use diesel::prelude::*;
use domain::document::Verdict;
use domain::dossier::Etat;
use domain::evenement::EvenementType;
use domain::ids::{DossierId, TypePieceId};
use jiff::civil::{Date, date};
use test_support::{Client, NouveauDossier, Reponse, TestApp};
use uuid::Uuid;

use super::{depose, pdf, piece};

async fn demander(
    client: &Client,
    dossier: DossierId,
    piece: TypePieceId,
    motif: &str,
    avant: Option<Date>,
) -> Reponse {
    let demande = DemandePiece { piece_id: piece.uuid(), motif: motif.into(), avant };
    client.call(&DemanderPiece { dossier_id: dossier.uuid() }, &demande).await
}

/// Changes a request, in a version.
async fn modifier(client: &Client, op: &ModifierDemandePiece, etag: &str, motif: &str, avant: Option<Date>) -> Reponse {
    let corps = ModificationDemande { motif: motif.into(), avant };
    client.envoyer(client.requete(op, &corps).header("if-match", etag)).await
}

async fn textes(client: &Client, dossier: DossierId) -> Vec<String> {
    let lire = LireFil { dossier_id: dossier.uuid(), query: PageFil::default() };
    client.ok(&lire, &()).await.elements.into_iter().rev().map(|m| m.corps).collect()
}

/// What is told of a piece in the live stream and by webhooks.
fn annonces(t: &TestApp, piece: TypePieceId) -> Vec<EvenementType> {
    let lues: Vec<V<EvenementType>> = t.lire(|conn| {
        evenements::table
            .filter(evenements::objet_id.eq(V(domain::ids::Id::<db::journal::Objet>::new(piece.uuid()))))
            .order(evenements::seq)
            .select(evenements::nature)
            .load(conn)
    });
    lues.into_iter().map(|e| e.0).collect()
}

fn cible(dossier: DossierId, piece: TypePieceId) -> (ModifierDemandePiece, RetirerDemandePiece) {
    let (dossier_id, piece_id) = (dossier.uuid(), piece.uuid());
    (ModifierDemandePiece { dossier_id, piece_id }, RetirerDemandePiece { dossier_id, piece_id })
}

#[tokio::test]
async fn a_request_is_not_overwritten_blindly_but_modified_in_the_version_that_was_read() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier, identite) = (m.dossier_a1, m.piece("PLAN", "identite"));
    let (op, _) = cible(dossier, identite);
    let (tot, tard) = (Some(date(2026, 12, 2)), Some(date(2026, 12, 9)));
    assert_eq!(demander(&gestionnaire, dossier, identite, "Le nom diffère.", tot).await.code(), 204);
    let lue = piece(&gestionnaire, dossier, identite).await.demande.unwrap();

    t.avancer(60);
    // In the same words it is told already; in others, nothing is lost.
    assert_eq!(demander(&gestionnaire, dossier, identite, "Le nom diffère.", tot).await.code(), 204);
    demander(&gestionnaire, dossier, identite, "Recto verso.", tard).await.probleme(ProblemCode::EtatIncompatible);
    assert_eq!(piece(&gestionnaire, dossier, identite).await.demande.as_ref(), Some(&lue));

    let sans = gestionnaire.call(&op, &ModificationDemande { motif: "Recto verso.".into(), avant: tard }).await;
    sans.probleme(ProblemCode::PreconditionManquante);
    assert_eq!(modifier(&gestionnaire, &op, &lue.etag, " ", tard).await.pointeurs(), ["/motif"]);
    let hier = Some(date(2020, 1, 1));
    assert_eq!(modifier(&gestionnaire, &op, &lue.etag, "Recto verso.", hier).await.pointeurs(), ["/avant"]);
    let fait = modifier(&gestionnaire, &op, &lue.etag, "Recto verso.", tard).await;
    assert_eq!(fait.code(), 200, "{}", fait.texte());
    let modifiee: PieceDemandee = fait.lire();
    assert_eq!(fait.entete("etag"), Some(modifiee.etag.as_str()));
    // It was asked for when it was.
    assert_eq!((modifiee.motif.as_str(), modifiee.avant, modifiee.le), ("Recto verso.", tard, lue.le));
    modifier(&gestionnaire, &op, &lue.etag, "Illisible.", None).await.probleme(ProblemCode::VersionPerimee);

    let vue = piece(&membre, dossier, identite).await;
    assert_eq!((vue.demande.as_ref(), vue.echeance), (Some(&modifiee), tard));
    assert_eq!(
        textes(&membre, dossier).await,
        [
            "Constructys demande la pièce «\u{a0}Pièce d’identité\u{a0}», au plus tard le 02/12/2026\u{a0}: Le nom diffère.",
            "Constructys modifie sa demande de la pièce «\u{a0}Pièce d’identité\u{a0}», au plus tard le 09/12/2026\u{a0}: Recto verso.",
        ]
    );
    assert_eq!(t.journal(identite.uuid()), ["piece.demander", "piece.demander", "piece.modifier_demande"]);
    assert_eq!(annonces(&t, identite), [EvenementType::PieceDemandee; 2]);

    for (client, code) in [(membre, ProblemCode::Interdit), (t.autre_gestionnaire(), ProblemCode::Absent)] {
        modifier(&client, &op, "*", "Illisible.", None).await.probleme(code);
    }
}

#[tokio::test]
async fn a_request_is_withdrawn_once_and_the_member_is_told() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier, identite, convention) = (m.dossier_a1, m.piece("PLAN", "identite"), m.piece("PLAN", "convention"));
    let complet = async || {
        let d = membre.ok(&LireDossier { dossier_id: dossier.uuid() }, &()).await;
        (d.pieces_dues, d.pieces_fournies, d.echeance, d.attente)
    };
    let avant = complet().await;
    let (_, retirer) = cible(dossier, identite);
    gestionnaire.call(&retirer, &()).await.probleme(ProblemCode::Absent);
    demander(&gestionnaire, dossier, identite, "Le nom diffère.", Some(date(2026, 11, 25))).await;
    assert_eq!((complet().await.0, complet().await.2), (avant.0 + 1, Some(date(2026, 11, 25))));

    membre.call(&retirer, &()).await.probleme(ProblemCode::Interdit);
    t.autre_gestionnaire().call(&retirer, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(gestionnaire.call(&retirer, &()).await.code(), 204);
    // Withdrawn twice, it is told once.
    let refus = gestionnaire.call(&retirer, &()).await;
    refus.probleme(ProblemCode::Absent);
    assert!(refus.texte().contains("Aucune demande n’est en cours"), "{}", refus.texte());
    let (op, _) = cible(dossier, identite);
    modifier(&gestionnaire, &op, "*", "Le nom.", None).await.probleme(ProblemCode::Absent);
    assert_eq!(complet().await, avant);
    assert_eq!(t.journal(identite.uuid()), ["piece.demander", "piece.retirer_demande"]);
    assert_eq!(annonces(&t, identite), [EvenementType::PieceDemandee, EvenementType::DemandeRetiree]);

    // What is due by rule stays so.
    demander(&gestionnaire, dossier, convention, "Une page manque.", None).await;
    gestionnaire.ok(&cible(dossier, convention).1, &()).await;
    let textes = textes(&membre, dossier).await;
    assert_eq!(
        [&textes[1], &textes[3]],
        [
            "Constructys retire sa demande de la pièce «\u{a0}Pièce d’identité\u{a0}».",
            "Constructys retire sa demande de la pièce «\u{a0}Convention de formation\u{a0}». Elle reste à fournir.",
        ]
    );
    gestionnaire.call(&cible(dossier, m.piece("C PRO", "contrat")).1, &()).await.probleme(ProblemCode::Absent);
    let nulle_part = RetirerDemandePiece { dossier_id: Uuid::new_v4(), piece_id: identite.uuid() };
    gestionnaire.call(&nulle_part, &()).await.probleme(ProblemCode::Absent);
}

/// What was there counts again once the request is withdrawn; a request that was answered is over.
#[tokio::test]
async fn a_request_that_was_answered_is_not_changed_and_may_be_made_again() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier, autres) = (m.dossier_a1, m.piece("PLAN", "autres"));
    let (op, retirer) = cible(dossier, autres);
    let fournie = async || piece(&gestionnaire, dossier, autres).await.fournie;
    depose(&membre, dossier, autres, "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    demander(&gestionnaire, dossier, autres, "Une autre.", None).await;
    assert!(!fournie().await);
    gestionnaire.ok(&retirer, &()).await;
    assert!(fournie().await);

    demander(&gestionnaire, dossier, autres, "Une autre.", None).await;
    t.avancer(1);
    depose(&membre, dossier, autres, "b.pdf", pdf("b")).await;
    t.avancer(60);
    t.travailler().await;
    assert!(fournie().await);
    gestionnaire.call(&retirer, &()).await.probleme(ProblemCode::EtatIncompatible);
    modifier(&gestionnaire, &op, "*", "La même.", None).await.probleme(ProblemCode::EtatIncompatible);
    assert_eq!(demander(&gestionnaire, dossier, autres, "Encore une.", None).await.code(), 204);
    assert!(!fournie().await);
}

#[tokio::test]
async fn nothing_is_asked_for_nor_withdrawn_on_a_closed_dossier() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let clos = t.semer(move |s| {
        let lieu = (m.adherent_a, m.etablissement_a1);
        let neuf = NouveauDossier::new("1826000010.01", "1500010", lieu, m.gestionnaire);
        s.dossier(NouveauDossier { etat: Etat::Cloture, ..neuf })
    });
    let (gestionnaire, programme) = (t.gestionnaire(), t.monde().piece("PLAN", "programme"));
    let (op, retirer) = cible(clos, programme);
    demander(&gestionnaire, clos, programme, "Le programme.", None).await.probleme(ProblemCode::EtatIncompatible);
    modifier(&gestionnaire, &op, "*", "Le programme.", None).await.probleme(ProblemCode::EtatIncompatible);
    gestionnaire.call(&retirer, &()).await.probleme(ProblemCode::EtatIncompatible);
}

#[tokio::test]
async fn what_is_to_be_put_right_may_be_awaited_for_a_day() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier, autres) = (m.dossier_a1, m.piece("PLAN", "autres"));
    let d = depose(&membre, dossier, autres, "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let juger = async |verdict, avant| {
        let examen = Examen { verdict, motif: Some("Illisible.".into()), avant };
        let requete = gestionnaire.requete(&ExaminerDocument { document_id: d.id }, &examen);
        gestionnaire.envoyer(requete.header("if-match", "*")).await
    };
    let jour = Some(date(2026, 11, 27));
    assert_eq!(juger(Verdict::ACompleter, Some(date(2020, 1, 1))).await.pointeurs(), ["/avant"]);
    for verdict in [Verdict::Refusee, Verdict::Acceptee, Verdict::AExaminer] {
        assert_eq!(juger(verdict, jour).await.pointeurs(), ["/avant"], "{verdict:?}");
    }
    let sans: api_types::documents::Document = juger(Verdict::ACompleter, None).await.lire();
    let avec: api_types::documents::Document = juger(Verdict::ACompleter, jour).await.lire();
    assert_eq!((sans.avant, avec.avant), (None, jour));
    assert_ne!(sans.etag, avec.etag);

    assert_eq!(membre.ok(&LireDocument { document_id: d.id }, &()).await.avant, jour);
    let vue = piece(&membre, dossier, autres).await;
    assert_eq!((vue.due, vue.fournie, vue.echeance), (true, false, jour));
    assert_eq!(membre.ok(&LireDossier { dossier_id: dossier.uuid() }, &()).await.echeance, jour);
    let a_faire = membre.ok(&LireAccueil {}, &()).await.a_faire;
    let tache = a_faire.iter().find(|a| (a.dossier_id, a.piece_id) == (dossier.uuid(), autres.uuid()));
    assert_eq!(tache.map(|a| a.echeance), Some(jour));
    assert_eq!(
        textes(&membre, dossier).await,
        [
            "Constructys demande de corriger « a.pdf » : Illisible.",
            "Constructys demande de corriger « a.pdf », au plus tard le 27/11/2026 : Illisible.",
        ]
    );

    // The category asked for since, the day of the request counts; withdrawn, the former again.
    t.avancer(1);
    demander(&gestionnaire, dossier, autres, "Une autre.", Some(date(2026, 12, 9))).await;
    let echeance = async || {
        let accueil = membre.ok(&LireAccueil {}, &()).await.a_faire;
        let tache = accueil.into_iter().find(|a| (a.dossier_id, a.piece_id) == (dossier.uuid(), autres.uuid()));
        assert_eq!(tache.map(|a| a.echeance), Some(piece(&membre, dossier, autres).await.echeance));
        piece(&membre, dossier, autres).await.echeance
    };
    assert_eq!(echeance().await, Some(date(2026, 12, 9)));
    gestionnaire.ok(&cible(dossier, autres).1, &()).await;
    assert_eq!(echeance().await, jour);
    assert_eq!(juger(Verdict::Refusee, None).await.lire::<api_types::documents::Document>().avant, None);
}

#[tokio::test]
async fn what_is_overdue_may_be_said_in_other_words_with_its_day_kept() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (dossier, identite, autres) = (m.dossier_a1, m.piece("PLAN", "identite"), m.piece("PLAN", "autres"));
    let d = depose(&t.membre(), dossier, autres, "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let jour = Some(date(2026, 12, 2));
    let juger = async |motif: &str, avant| {
        let examen = Examen { verdict: Verdict::ACompleter, motif: Some(motif.into()), avant };
        t.gestionnaire().changer(&ExaminerDocument { document_id: d.id }, "*", &examen).await
    };
    assert_eq!(demander(&t.gestionnaire(), dossier, identite, "Le nom diffère.", jour).await.code(), 204);
    assert_eq!(juger("Illisible.", jour).await.code(), 200);

    t.avancer(60 * 24 * 3600);
    let (op, _) = cible(dossier, identite);
    let modifier = async |motif: &str, avant| modifier(&t.gestionnaire(), &op, "*", motif, avant).await;
    // Told already, in the same words.
    assert_eq!(demander(&t.gestionnaire(), dossier, identite, "Le nom diffère.", jour).await.code(), 204);
    assert_eq!(modifier("Recto verso.", jour).await.code(), 200);
    assert_eq!(juger("Une page manque.", jour).await.code(), 200);
    for autre in [date(2026, 12, 3), date(9999, 12, 31)] {
        assert_eq!(modifier("Illisible.", Some(autre)).await.pointeurs(), ["/avant"]);
        assert_eq!(juger("Illisible.", Some(autre)).await.pointeurs(), ["/avant"]);
    }
    assert_eq!(piece(&t.gestionnaire(), dossier, identite).await.demande.map(|d| d.avant), Some(jour));
}
