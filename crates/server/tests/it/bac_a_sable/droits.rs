use api_types::{Method, ProblemCode};
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::dossier::Etat;
use domain::ids::Id;
use serde_json::{Value, json};
use test_support::{Client, Reponse};
use uuid::Uuid;

use super::{bac, connecter, dossier, entreprise};

/// A body that each operation accepts; one without a case fails the test.
fn corps(operation: &str) -> Value {
    match operation {
        "creer_entreprise_fictive" | "remettre_a_zero" | "recevoir_reglement" | "lire_horloge" => json!({}),
        "perturber_webhook" => json!({ "panne": "double" }),
        "changer_etat" => json!({ "etat": "accorde", "voie": "machine" }),
        "recevoir_message" => json!({ "corps": "Bonjour" }),
        "recevoir_document" => json!({ "genre": "courrier" }),
        "recevoir_demande_piece" => json!({ "piece_id": Uuid::nil(), "motif": "m", "avant": null }),
        "avancer_horloge" => json!({ "secondes": 60 }),
        autre => panic!("{autre} has no case"),
    }
}

async fn essayer(client: &Client, methode: Method, chemin: &str, corps: &Value) -> Reponse {
    let requete = client.nue(methode, chemin);
    client.envoyer(if methode == Method::Get { requete } else { requete.json(corps) }).await
}

#[tokio::test]
async fn every_operation_refuses_those_it_is_not_for() {
    let t = bac().await;
    let (e, voisine) = (entreprise(&t).await, entreprise(&t).await);
    let lieu = e.etablissements[0].id;
    let contributeur = t.semer(move |s| {
        let qui = s.utilisateur(Cote::Membre, "Marc", "Guérin", "marc@bati-rives.example");
        s.rattachement(qui, (Id::new(e.adherent_id), Id::new(lieu)), RoleMembre::Contributeur);
        qui
    });
    let gestionnaire = connecter(&t, &e.gestionnaire).await;
    let etranger = connecter(&t, &voisine.administrateur).await;
    let trop_petits = [t.client(contributeur), gestionnaire];
    // In the établissement of the contributeur: the first dossier, a brouillon, is there.
    let (reel, absent) = (dossier(&e, Etat::EnInstruction), Uuid::new_v4());
    for (methode, modele, operation) in api_types::bac_a_sable::operations() {
        let dans = |adherent: Uuid, dossier: Uuid| {
            modele.replace("{adherent_id}", &adherent.to_string()).replace("{dossier_id}", &dossier.to_string())
        };
        let corps = corps(operation);
        if *operation == "creer_entreprise_fictive" {
            assert_eq!(essayer(&t.anonyme(), *methode, modele, &corps).await.code(), 201);
            continue;
        }
        let chemin = dans(e.adherent_id, reel);
        essayer(&t.anonyme(), *methode, &chemin, &corps).await.probleme(ProblemCode::NonConnecte);
        if modele.contains('{') {
            let foreign = essayer(&etranger, *methode, &chemin, &corps).await;
            let missing = essayer(&etranger, *methode, &dans(Uuid::new_v4(), absent), &corps).await;
            foreign.probleme(ProblemCode::Absent);
            assert_eq!(foreign.corps, missing.corps, "{operation}");
        }
        for client in &trop_petits {
            let r = essayer(client, *methode, &chemin, &corps).await;
            assert_eq!(r.code(), 403, "{operation}: {}", r.texte());
            r.probleme(ProblemCode::Interdit);
        }
    }
}
