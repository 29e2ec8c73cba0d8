//! Every operation of the document, tried by those who may not: nobody, another company, another
//! gestionnaire, too small a role. An operation without a case here fails the test.

use api_types::endpoint::{EnvoyerMessage, LireFil};
use api_types::messages::PageFil;
use api_types::{Method, ProblemCode};
use domain::code::Code as _;
use domain::{Scope, Scopes};
use reqwest::multipart::Form;
use serde_json::{Value, json};
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

use crate::documents::{depose, fichier, pdf};
use crate::oauth;
use crate::televersements::ouvrir;

/// Who an operation is for.
enum Pour {
    /// Anybody.
    Tous,
    /// Whoever is signed in, within what they see.
    Connectes,
    /// The members.
    Membres,
    /// The gestionnaires.
    Gestionnaires,
    /// Whoever sees the resource.
    Vue,
    /// The members who contribute.
    Contributeurs,
    /// The members who contribute, and the gestionnaire.
    ContributeursEtGestionnaire,
    /// The gestionnaire of the dossier.
    Gestionnaire,
    /// The administrateurs of the company.
    Administrateurs,
    /// The contributeur who opened the upload, and nobody else, colleagues included.
    Createur,
}

/// What an operation is sent.
enum Corps {
    Rien,
    Json(Value),
    Fichier,
    Message,
    Octets,
}

/// Whom each operation is for, and a body that it accepts.
fn cas(operation: &str) -> Option<(Pour, Corps)> {
    use Corps::{Fichier, Json, Message, Octets, Rien};
    Some(match operation {
        "lire_configuration"
        | "decrire_televersements"
        | "lire_jwks"
        | "lire_metadonnees_oauth"
        | "lire_metadonnees_ressource"
        | "emettre_jeton"
        | "revoquer_jeton"
        | "introspecter_jeton" => (Pour::Tous, Rien),
        "creer_compte"
        | "confirmer_compte"
        | "ouvrir_session"
        | "oublier_mot_de_passe"
        | "reinitialiser_mot_de_passe"
        | "evaluer_mot_de_passe"
        | "lire_invitation"
        | "accepter_invitation" => (Pour::Tous, Json(json!({}))),
        "lire_session"
        | "fermer_session"
        | "lister_sessions"
        | "terminer_autres_sessions"
        | "lire_portail"
        | "lire_service"
        | "lister_guides"
        | "telecharger_guide"
        | "lister_dispositifs"
        | "lister_dossiers"
        | "lister_messages"
        | "lister_televersements"
        | "suivre_evenements"
        | "lister_types_evenements"
        | "terminer_session" => (Pour::Connectes, Rien),
        "executer_lot" => (Pour::Connectes, Json(json!({ "elements": [] }))),
        "changer_mot_de_passe" => (Pour::Connectes, Json(json!({ "actuel": "a", "nouveau": "b" }))),
        "corriger_identite" => (Pour::Connectes, Json(json!({ "prenom": "A", "nom": "B" }))),
        "choisir_favoris" => (Pour::Connectes, Json(json!({ "outils": ["egestion"] }))),
        "demander_rattachement" => (Pour::Membres, Json(json!({ "siret": "1", "numero_adherent": "1" }))),
        "lire_accueil" => (Pour::Membres, Rien),
        "lire_travail" => (Pour::Gestionnaires, Rien),
        "lire_dossier"
        | "lister_inscriptions"
        | "lister_reglements"
        | "lister_pieces"
        | "lister_documents_opco"
        | "telecharger_documents"
        | "lire_document"
        | "telecharger_document"
        | "apercu_document"
        | "telecharger_recu"
        | "lister_versions"
        | "lire_fil" => (Pour::Vue, Rien),
        "marquer_message" => (Pour::Vue, Json(json!({ "lu": true }))),
        "deposer_document" | "remplacer_document" => (Pour::Contributeurs, Fichier),
        "annuler_depot" => (Pour::Contributeurs, Rien),
        "envoyer_message" => (Pour::ContributeursEtGestionnaire, Message),
        "referencer_dossier" => (Pour::ContributeursEtGestionnaire, Json(json!({ "reference_externe": "a" }))),
        "creer_televersement" => (Pour::ContributeursEtGestionnaire, Octets),
        "poursuivre_televersement" => (Pour::Createur, Octets),
        "suivre_televersement" | "lire_televersement" | "abandonner_televersement" => (Pour::Createur, Rien),
        "deposer_televersement" => (Pour::Createur, Json(json!({ "doublon_accepte": false }))),
        "deposer_document_opco" => (Pour::Gestionnaire, Fichier),
        "traiter_dossier" | "retirer_demande_piece" => (Pour::Gestionnaire, Rien),
        "demander_piece" => (Pour::Gestionnaire, Json(json!({ "piece_id": Uuid::nil(), "motif": "m", "avant": null }))),
        "modifier_demande_piece" => (Pour::Gestionnaire, Json(json!({ "motif": "m", "avant": null }))),
        "examiner_document" => (Pour::Gestionnaire, Json(json!({ "verdict": "acceptee", "motif": null }))),
        "lister_webhooks" | "lire_webhook" | "supprimer_webhook" | "suspendre_webhook" | "reprendre_webhook"
        | "essayer_webhook" | "lister_livraisons" | "lire_livraison" | "rejouer_livraison" => {
            (Pour::Administrateurs, Rien)
        }
        "creer_webhook" | "modifier_webhook" => (Pour::Administrateurs, Json(json!({ "url": "https://localhost/" }))),
        "changer_secret_webhook" => (Pour::Administrateurs, Json(json!({ "recouvrement_heures": -1 }))),
        "rejouer_livraisons" => {
            (Pour::Administrateurs, Json(json!({ "depuis": "2026-11-23T09:00:00Z", "etendue": "echecs" })))
        }
        "regler_membre" => (Pour::Administrateurs, Json(json!({ "rattachements": [] }))),
        "inviter_membre" => (Pour::Administrateurs, Json(json!({ "email": "a", "rattachements": [] }))),
        "lister_membres"
        | "lire_membre"
        | "lister_invitations"
        | "retirer_invitation"
        | "lister_clients_api"
        | "lire_client_api"
        | "revoquer_client_api"
        | "terminer_secret_api"
        | "retirer_cle_api" => (Pour::Administrateurs, Rien),
        "creer_client_api" | "modifier_client_api" => (
            Pour::Administrateurs,
            Json(json!({ "nom": "n", "logiciel": "l", "scopes": ["dossiers:read"], "etablissements": [Uuid::nil()] })),
        ),
        "renouveler_secret_api" => (Pour::Administrateurs, Json(json!({ "chevauchement_heures": 1 }))),
        "ajouter_cle_api" => (Pour::Administrateurs, Json(json!({ "jwk": {} }))),
        _ => return None,
    })
}

async fn essayer(client: &Client, methode: Method, chemin: &str, corps: &Corps) -> Reponse {
    let requete = client.nue(methode, chemin);
    let requete = match corps {
        Corps::Rien => requete,
        Corps::Json(json) => requete.json(json),
        Corps::Fichier => requete.multipart(Form::new().part("fichier", fichier("a.pdf", pdf("autre")))),
        Corps::Octets => requete
            .header("tus-resumable", "1.0.0")
            .header("upload-length", "9")
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
            .body("%PDF"),
        Corps::Message => requete.multipart(Form::new().text("corps", "Bonjour")),
    };
    client.envoyer(requete).await
}

/// What the paths name: rows of company A, or rows that never existed.
struct Noms {
    dossier: Uuid,
    document: Uuid,
    message: Uuid,
    adherent: Uuid,
    webhook: Uuid,
    livraison: Uuid,
    televersement: Uuid,
    client: Uuid,
    membre: Uuid,
    invitation: Uuid,
}

impl Noms {
    fn dans(&self, modele: &str) -> String {
        modele
            .replace("{dossier_id}", &self.dossier.to_string())
            .replace("{document_id}", &self.document.to_string())
            .replace("{message_id}", &self.message.to_string())
            .replace("{adherent_id}", &self.adherent.to_string())
            .replace("{webhook_id}", &self.webhook.to_string())
            .replace("{livraison_id}", &self.livraison.to_string())
            .replace("{televersement_id}", &self.televersement.to_string())
            .replace("{client_id}", &self.client.to_string())
            .replace("{membre_id}", &self.membre.to_string())
            .replace("{invitation_id}", &self.invitation.to_string())
            .replace("{piece_id}", &self.dossier.to_string())
            .replace("{secret_id}", &self.dossier.to_string())
            .replace("{cle_id}", &self.dossier.to_string())
            .replace("{session_id}", &self.dossier.to_string())
            .replace("{service_id}", &self.dossier.to_string())
            .replace("{guide_id}", &self.dossier.to_string())
    }
}

fn meme(a: &Reponse, b: &Reponse, quoi: &str) {
    assert_eq!((a.code(), &a.corps), (b.code(), &b.corps), "{quoi}: foreign and absent differ");
    est(a, ProblemCode::Absent);
}

/// An answer to `HEAD` is a status alone.
fn est(r: &Reponse, code: ProblemCode) {
    if r.corps.is_empty() {
        assert_eq!(r.code(), code.status());
    } else {
        r.probleme(code);
    }
}

#[tokio::test]
async fn every_operation_refuses_those_it_is_not_for() {
    let t = TestApp::new().await;
    let m = t.monde();
    let document = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await.id;
    t.avancer(60);
    t.travailler().await;
    let envoi = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() };
    assert_eq!(t.membre().multipart(&envoi, Form::new().text("corps", "Bonjour")).await.code(), 201);
    let fil = t.membre().ok(&LireFil { dossier_id: m.dossier_a1.uuid(), query: PageFil::default() }, &()).await;
    let webhook = crate::webhooks::creer(&t, &crate::webhooks::saisie("http://127.0.0.1:9/")).await.webhook.id;
    let televersement = ouvrir(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "t.pdf", 9).await;
    let droits = vec![crate::membres::droit(m.etablissement_a1, domain::RoleMembre::Lecteur)];
    let invitation = crate::membres::inviter(&t, "paul@chantiers.example", droits).await.id;
    let acces = Acces::preparer(&t).await;
    let reels = Noms {
        dossier: m.dossier_a1.uuid(),
        document,
        message: fil.elements[0].id,
        adherent: m.adherent_a.uuid(),
        webhook,
        livraison: Uuid::new_v4(),
        televersement,
        client: acces.client,
        membre: m.lecteur.uuid(),
        invitation,
    };
    let absents = Noms {
        dossier: Uuid::new_v4(),
        document: Uuid::new_v4(),
        message: Uuid::new_v4(),
        adherent: Uuid::new_v4(),
        webhook: Uuid::new_v4(),
        livraison: Uuid::new_v4(),
        televersement: Uuid::new_v4(),
        client: Uuid::new_v4(),
        membre: Uuid::new_v4(),
        invitation: Uuid::new_v4(),
    };
    let contrat: Value = serde_json::from_str(&server::openapi::json()).unwrap();

    for (methode, modele, operation) in api_types::operations() {
        let (pour, corps) = cas(operation).unwrap_or_else(|| panic!("{operation} has no case in authz_coverage"));
        let (reel, absent) = (reels.dans(modele), absents.dans(modele));
        if matches!(pour, Pour::Tous) {
            let r = essayer(&t.anonyme(), *methode, &reel, &corps).await;
            assert!(![401, 403].contains(&r.code()) || *operation == "ouvrir_session", "{operation}: {}", r.texte());
            continue;
        }
        let nobody = essayer(&t.anonyme(), *methode, &reel, &corps).await;
        assert_eq!(nobody.code(), 401, "{operation}: {}", nobody.texte());
        est(&nobody, ProblemCode::NonConnecte);
        let faux = t.anonyme();
        faux.poser_cookie(Some(format!("{}=un-jeton-invente", server::extract::COOKIE)));
        est(&essayer(&faux, *methode, &reel, &corps).await, ProblemCode::NonConnecte);

        if matches!(
            pour,
            Pour::Vue
                | Pour::Contributeurs
                | Pour::ContributeursEtGestionnaire
                | Pour::Gestionnaire
                | Pour::Administrateurs
        ) {
            for client in [t.autre_membre(), t.autre_gestionnaire()] {
                let foreign = essayer(&client, *methode, &reel, &corps).await;
                let missing = essayer(&client, *methode, &absent, &corps).await;
                meme(&foreign, &missing, operation);
            }
        }
        if matches!(pour, Pour::Createur) {
            let autres = [t.administrateur(), t.lecteur(), t.gestionnaire(), t.opco_admin()];
            for client in autres.into_iter().chain([t.autre_membre(), t.autre_gestionnaire()]) {
                let foreign = essayer(&client, *methode, &reel, &corps).await;
                let missing = essayer(&client, *methode, &absent, &corps).await;
                meme(&foreign, &missing, operation);
            }
        }
        let trop_petits: Vec<Client> = match pour {
            Pour::Tous | Pour::Connectes | Pour::Vue | Pour::Createur => vec![],
            Pour::Membres => vec![t.gestionnaire(), t.opco_admin()],
            Pour::Gestionnaires => vec![t.membre(), t.lecteur(), t.opco_admin()],
            Pour::Contributeurs => vec![t.lecteur(), t.gestionnaire(), t.opco_admin()],
            Pour::ContributeursEtGestionnaire => vec![t.lecteur(), t.opco_admin()],
            Pour::Gestionnaire => vec![t.lecteur(), t.membre(), t.administrateur(), t.opco_admin()],
            Pour::Administrateurs => vec![t.lecteur(), t.membre(), t.gestionnaire(), t.opco_admin()],
        };
        for client in trop_petits {
            let r = essayer(&client, *methode, &reel, &corps).await;
            assert_eq!(r.code(), 403, "{operation}: {}", r.texte());
            r.probleme(ProblemCode::Interdit);
        }
        // Of resumable uploads a client sees its own.
        let reel = reel.replace(&televersement.to_string(), &acces.televersement.to_string());
        acces.essayer(&t, (*methode, operation), (&reel, &absent), &corps, scope_de(&contrat, *methode, modele)).await;
    }
}

/// The scope that the document asks of a token for an operation.
fn scope_de(contrat: &Value, methode: Method, modele: &str) -> Option<Scope> {
    let exigences = contrat["paths"][modele][methode.as_str().to_lowercase()]["security"].as_array()?;
    let scope = exigences.iter().find_map(|e| e["oauth2"][0].as_str())?;
    Some(Scope::du_code(scope).unwrap())
}

/// API clients with every scope: one of company A, one of company B.
struct Acces {
    client: Uuid,
    secret: String,
    etranger: String,
    televersement: Uuid,
}

impl Acces {
    async fn preparer(t: &TestApp) -> Self {
        let m = t.monde();
        let chez_a = [m.etablissement_a1, m.etablissement_a2];
        let cree = oauth::creer(&t.administrateur(), m.adherent_a, &chez_a, Scope::TOUS).await;
        let autre = oauth::creer(&t.autre_membre(), m.adherent_b, &[m.etablissement_b], Scope::TOUS).await;
        let etranger = oauth::jeton(t, autre.client.client.id, &autre.secret.0, None).await;
        let client = cree.client.client.id;
        let sien = t.anonyme().porteur(&oauth::jeton(t, client, &cree.secret.0, None).await);
        let televersement = ouvrir(&sien, m.dossier_a1, m.piece("PLAN", "autres"), "c.pdf", 9).await;
        Self { client, secret: cree.secret.0, etranger, televersement }
    }

    async fn jeton(&self, t: &TestApp, scopes: &str) -> Client {
        t.anonyme().porteur(&oauth::jeton(t, self.client, &self.secret, Some(scopes)).await)
    }

    /// A token that lacks the scope, one that never could, and one of another company.
    async fn essayer(
        &self,
        t: &TestApp,
        (methode, operation): (Method, &str),
        (reel, absent): (&str, &str),
        corps: &Corps,
        scope: Option<Scope>,
    ) {
        let Some(scope) = scope else {
            let tous: Scopes = Scope::TOUS.iter().copied().collect();
            let r = essayer(&self.jeton(t, &tous.to_string()).await, methode, reel, corps).await;
            assert_eq!(r.code(), 403, "{operation}: {}", r.texte());
            est(&r, ProblemCode::ReserveAuxPersonnes);
            return;
        };
        let autres: Scopes = Scope::TOUS.iter().copied().filter(|s| *s != scope).collect();
        let r = essayer(&self.jeton(t, &autres.to_string()).await, methode, reel, corps).await;
        assert_eq!(r.code(), 403, "{operation}: {}", r.texte());
        est(&r, ProblemCode::PorteeInsuffisante);
        let attendu = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scope.code());
        assert_eq!(r.entete("www-authenticate"), Some(attendu.as_str()), "{operation}");
        if reel != absent {
            let etranger = t.anonyme().porteur(&self.etranger);
            let foreign = essayer(&etranger, methode, reel, corps).await;
            meme(&foreign, &essayer(&etranger, methode, absent, corps).await, operation);
        }
    }
}
