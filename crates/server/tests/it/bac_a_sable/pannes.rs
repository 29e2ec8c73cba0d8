use std::time::{Duration, Instant};

use api_types::ProblemCode;
use api_types::bac_a_sable::{MessageOpco, PanneDemandee, PanneWebhook, PerturberWebhook, RecevoirMessage};
use api_types::endpoint::{CreerWebhook, LireConfiguration, LireFil, LireLivraison, ListerLivraisons};
use api_types::messages::PageFil;
use api_types::webhooks::{FiltreLivraisons, LivraisonComplete, StatutLivraison};
use domain::dossier::Etat;
use test_support::{Client, Recepteur, Reponse, TestApp};
use uuid::Uuid;

use super::{bac, connecter, dossier, entreprise};
use crate::webhooks::saisie;

#[tokio::test]
async fn faults_are_given_to_those_who_ask_for_them() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::EnInstruction);
    let op = RecevoirMessage { dossier_id };
    let corps = MessageOpco { corps: "Bonjour".into() };
    let avec = |panne: &'static str| {
        let requete = administrateur.requete(&op, &corps).header("bac-a-sable", panne).header("idempotency-key", "m");
        administrateur.envoyer(requete)
    };
    let fil = async || administrateur.ok(&LireFil { dossier_id, query: PageFil::default() }, &()).await.elements.len();
    for (panne, code) in [
        ("429", ProblemCode::TropDeRequetes),
        ("500", ProblemCode::ErreurInterne),
        ("503", ProblemCode::ServiceIndisponible),
        ("418", ProblemCode::RequeteIllisible),
    ] {
        let r = avec(panne).await;
        r.probleme(code);
        assert_eq!(r.entete("retry-after").is_some(), [429, 503].contains(&r.code()), "{panne}");
        assert_eq!(r.entete("bac-a-sable"), Some("donnees-fictives"));
        assert_eq!(fil().await, 0, "{panne}");
    }
    // Done, and the answer is lost: the same key finds it again.
    avec("reponse-perdue").await.probleme(ProblemCode::ErreurInterne);
    assert_eq!(fil().await, 1);
    let depart = Instant::now();
    let r = avec("lent=1s").await;
    assert_eq!((r.code(), r.entete("idempotency-replayed")), (201, Some("true")));
    assert!(depart.elapsed() >= Duration::from_secs(1));
    assert_eq!(fil().await, 1);
    // Not elsewhere than on the API.
    let sante = administrateur.nue(api_types::Method::Get, "/sante").header("bac-a-sable", "500");
    assert_eq!(administrateur.envoyer(sante).await.code(), 200);
    assert_eq!(t.anonyme().call(&LireConfiguration {}, &()).await.code(), 200);
}

/// Somebody who is sent webhooks.
struct Abonne {
    administrateur: Client,
    adherent_id: Uuid,
    dossier_id: Uuid,
    webhook_id: Uuid,
    recepteur: Recepteur,
}

impl Abonne {
    async fn new(t: &TestApp) -> Self {
        let e = entreprise(t).await;
        let administrateur = connecter(t, &e.administrateur).await;
        let recepteur = Recepteur::new();
        let op = CreerWebhook { adherent_id: e.adherent_id };
        let webhook_id = administrateur.ok(&op, &saisie(&recepteur.url())).await.webhook.id;
        let dossier_id = dossier(&e, Etat::EnInstruction);
        Self { administrateur, adherent_id: e.adherent_id, dossier_id, webhook_id, recepteur }
    }

    async fn perturber(&self, panne: PanneWebhook, secondes: Option<u32>) -> Reponse {
        let op = PerturberWebhook { adherent_id: self.adherent_id };
        self.administrateur.call(&op, &PanneDemandee { panne, secondes }).await
    }

    async fn message(&self) {
        let op = RecevoirMessage { dossier_id: self.dossier_id };
        self.administrateur.ok(&op, &MessageOpco { corps: "Bonjour".into() }).await;
    }

    /// The last delivery.
    async fn livraison(&self) -> LivraisonComplete {
        let op = ListerLivraisons { webhook_id: self.webhook_id, query: FiltreLivraisons::default() };
        let livraison_id = self.administrateur.ok(&op, &()).await.elements[0].id;
        self.administrateur.ok(&LireLivraison { webhook_id: self.webhook_id, livraison_id }, &()).await
    }
}

#[tokio::test]
async fn the_next_webhook_leaves_late() {
    let t = bac().await;
    let a = Abonne::new(&t).await;
    assert_eq!(a.perturber(PanneWebhook::Retard, Some(120)).await.code(), 204);
    a.message().await;
    t.expedier().await;
    assert!(a.recepteur.recus().is_empty());
    let l = a.livraison().await;
    assert_eq!((l.livraison.statut, l.livraison.tentatives, l.essais.len()), (StatutLivraison::EnAttente, 0, 0));
    // The one after it is on time.
    a.message().await;
    t.expedier().await;
    assert_eq!(a.recepteur.recus().len(), 1);
    t.avancer(121);
    t.expedier().await;
    let ids: Vec<String> = a.recepteur.recus().iter().map(|r| r.id().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    assert_eq!(a.perturber(PanneWebhook::Retard, Some(604_801)).await.pointeurs(), ["/secondes"]);
}

#[tokio::test]
async fn the_next_webhook_is_sent_twice_under_one_identifier() {
    let t = bac().await;
    let (a, voisine) = (Abonne::new(&t).await, Abonne::new(&t).await);
    assert_eq!(a.perturber(PanneWebhook::Double, None).await.code(), 204);
    voisine.message().await;
    a.message().await;
    t.expedier().await;
    let ids: Vec<String> = a.recepteur.recus().iter().map(|r| r.id().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    let l = a.livraison().await;
    assert_eq!((l.livraison.statut, l.essais.len()), (StatutLivraison::Livree, 2));
    // Only the next one, and only of that company.
    a.message().await;
    t.expedier().await;
    assert_eq!((a.recepteur.recus().len(), voisine.recepteur.recus().len()), (3, 1));
}
