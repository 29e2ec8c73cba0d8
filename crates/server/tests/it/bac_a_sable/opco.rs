use api_types::ProblemCode;
use api_types::bac_a_sable::{
    CourrierOpco, GenreDocument, MessageOpco, RecevoirDemandePiece, RecevoirDocument, RecevoirMessage,
};
use api_types::documents::{DemandePiece, Document};
use api_types::endpoint::{LireFil, LireSession, ListerDocumentsOpco, ListerPieces, TelechargerDocument};
use api_types::messages::PageFil;
use domain::dossier::Etat;

use super::{bac, connecter, dossier, entreprise};

#[tokio::test]
async fn a_message_of_the_gestionnaire_is_unread() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::EnInstruction);
    let op = RecevoirMessage { dossier_id };
    let r = administrateur.call(&op, &MessageOpco { corps: "Il manque la convention.".into() }).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    assert_eq!(administrateur.ok(&LireSession {}, &()).await.messages_non_lus, 1);
    let fil = administrateur.ok(&LireFil { dossier_id, query: PageFil::default() }, &()).await;
    let m = &fil.elements[0];
    assert_eq!(
        (m.corps.as_str(), m.auteur.as_str(), m.non_lu),
        ("Il manque la convention.", "Dominique Gestionnaire fictif", true)
    );
    assert_eq!(administrateur.call(&op, &MessageOpco { corps: " ".into() }).await.pointeurs(), ["/corps"]);
    // A brouillon has no gestionnaire yet.
    let brouillon = RecevoirMessage { dossier_id: dossier(&e, Etat::Brouillon) };
    let r = administrateur.call(&brouillon, &MessageOpco { corps: "Bonjour".into() }).await;
    r.probleme(ProblemCode::EtatIncompatible);
}

#[tokio::test]
async fn a_document_of_the_gestionnaire_arrives_after_its_window() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::Accorde);
    let courrier = CourrierOpco { genre: GenreDocument::Accord, nom: Some("Accord.pdf".into()) };
    let depose: Document = administrateur.ok(&RecevoirDocument { dossier_id }, &courrier).await;
    assert_eq!(depose.nom, "Accord.pdf");
    let liste = ListerDocumentsOpco { dossier_id };
    assert!(administrateur.ok(&liste, &()).await.elements.is_empty());
    t.avancer(61);
    t.travailler().await;
    let recus = administrateur.ok(&liste, &()).await.elements;
    assert_eq!(recus.iter().map(|d| d.id).collect::<Vec<_>>(), [depose.id]);
    let fichier = administrateur.call(&TelechargerDocument { document_id: depose.id }, &()).await;
    assert_eq!(&fichier.corps[..5], b"%PDF-");
}

#[tokio::test]
async fn a_piece_is_asked_for() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::EnInstruction);
    let liste = ListerPieces { dossier_id };
    let piece_id = administrateur.ok(&liste, &()).await.elements[0].id;
    let demande = DemandePiece { piece_id, motif: "La signature manque.".into(), avant: None };
    let r = administrateur.call(&RecevoirDemandePiece { dossier_id }, &demande).await;
    assert_eq!(r.code(), 204, "{}", r.texte());
    let pieces = administrateur.ok(&liste, &()).await.elements;
    let demandee = pieces.iter().find(|p| p.id == piece_id).and_then(|p| p.demande.as_ref()).unwrap();
    assert_eq!(demandee.motif, "La signature manque.");
}
