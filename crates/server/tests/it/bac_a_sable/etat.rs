use api_types::ProblemCode;
use api_types::bac_a_sable::{ChangerEtat, PassageEtat, RecevoirReglement, VersementOpco, Voie};
use api_types::dossiers::{CodeInterOpco, Devise, FiltreDossiers, ModeReglement, Reglement};
use api_types::endpoint::{CreerWebhook, LireDossier, ListerDossiers, ListerReglements};
use db::schema::journal;
use db::types::V;
use diesel::prelude::*;
use domain::dossier::Etat;
use domain::ids::Id;
use domain::webhook::WebhookType;
use serde_json::Value;
use test_support::{Recepteur, TestApp};
use uuid::Uuid;

use super::{bac, connecter, dossier, entreprise, mener, passage, passes};
use crate::webhooks::saisie;

/// What the journal says of the acts of the sandbox on a dossier, the earliest first.
fn details(t: &TestApp, dossier: Uuid) -> Vec<Value> {
    let lus: Vec<String> = t.lire(|conn| {
        journal::table
            .filter(journal::objet_id.eq(V(Id::<db::journal::Objet>::new(dossier))))
            .filter(journal::action.eq("bac_a_sable.forcer"))
            .order(journal::id)
            .select(journal::details)
            .load(conn)
    });
    lus.iter().map(|d| serde_json::from_str(d).unwrap()).collect()
}

#[tokio::test]
async fn a_dossier_follows_the_machine_and_is_told() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let recepteur = Recepteur::new();
    administrateur.ok(&CreerWebhook { adherent_id: e.adherent_id }, &saisie(&recepteur.url())).await;
    let dossier_id = dossier(&e, Etat::Brouillon);

    let r = mener(&administrateur, dossier_id, Etat::Accorde, Voie::Machine).await;
    assert_eq!(passes(&r), [Etat::Transmis, Etat::EnInstruction, Etat::Accorde]);
    let d = administrateur.ok(&LireDossier { dossier_id }, &()).await;
    assert_eq!((d.etat, d.code_inter_opco), (Etat::Accorde, Some(CodeInterOpco::Engage)));
    assert_eq!(d.montant_accorde, Some(d.montant_demande));
    assert_eq!(d.devise, Devise::Eur);
    assert!(d.gestionnaire.is_some());
    let histoire: Vec<_> = d.historique.iter().map(|c| (c.etat, c.code_inter_opco)).collect();
    assert_eq!(
        histoire,
        [
            (Etat::Accorde, Some(CodeInterOpco::Engage)),
            (Etat::EnInstruction, Some(CodeInterOpco::EnCoursInstruction)),
            (Etat::Transmis, Some(CodeInterOpco::Transmis)),
        ]
    );
    // The other side has it, and the software hears of each change.
    connecter(&t, &e.gestionnaire).await.ok(&LireDossier { dossier_id }, &()).await;
    t.expedier().await;
    let natures: Vec<WebhookType> = recepteur.recus().iter().map(|r| r.message().nature).collect();
    assert_eq!(natures, [WebhookType::DossierEtat; 3]);
    assert_eq!(
        details(&t, dossier_id),
        [serde_json::json!({
            "voie": "machine", "de": "brouillon", "vers": "accorde", "actes": ["transmettre", "instruire", "accorder"],
        })]
    );

    // To be paid by the machine is to be paid.
    assert_eq!(
        passes(&mener(&administrateur, dossier_id, Etat::Cloture, Voie::Machine).await),
        [Etat::Regle, Etat::Cloture]
    );
    let r = administrateur.ok(&ListerReglements { dossier_id }, &()).await;
    assert_eq!((r.regle, r.elements.len(), r.devise), (d.montant_demande, 1, Devise::Eur));
}

#[tokio::test]
async fn what_the_machine_forbids_is_forced_and_journaled_as_such() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::Cloture);
    mener(&administrateur, dossier_id, Etat::EnInstruction, Voie::Machine)
        .await
        .probleme(ProblemCode::EtatIncompatible);
    mener(&administrateur, dossier_id, Etat::Cloture, Voie::Force).await.probleme(ProblemCode::EtatIncompatible);
    assert!(details(&t, dossier_id).is_empty());

    let force = PassageEtat { motif: Some("Essai de reprise".into()), ..passage(Etat::EnInstruction, Voie::Force) };
    let op = ChangerEtat { dossier_id };
    // Simulated, then done, then asked for again under the same key.
    let simulee = administrateur
        .nue(api_types::Method::Post, &format!("/api/v1/bac-a-sable/dossiers/{dossier_id}/etat?simulation=true"));
    let simulee = administrateur.envoyer(simulee.json(&force)).await;
    assert_eq!((simulee.code(), simulee.entete("simulation")), (200, Some("true")));
    assert_eq!(administrateur.ok(&LireDossier { dossier_id }, &()).await.etat, Etat::Cloture);
    for rejouee in [None, Some("true")] {
        let r = administrateur.envoyer(administrateur.requete(&op, &force).header("idempotency-key", "f")).await;
        assert_eq!((passes(&r), r.entete("idempotency-replayed")), (vec![Etat::EnInstruction], rejouee));
    }
    let d = administrateur.ok(&LireDossier { dossier_id }, &()).await;
    assert_eq!(d.etat, Etat::EnInstruction);
    assert_eq!(d.historique[0].motif.as_deref(), Some("Essai de reprise"));
    assert_eq!(
        details(&t, dossier_id),
        [serde_json::json!({ "voie": "force", "de": "cloture", "vers": "en_instruction", "actes": null })]
    );
    let long = PassageEtat { motif: Some("m".repeat(1001)), ..passage(Etat::Refuse, Voie::Machine) };
    assert_eq!(administrateur.call(&op, &long).await.pointeurs(), ["/motif"]);
}

#[tokio::test]
async fn payments_are_received_until_nothing_is_left() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::Accorde);
    let op = RecevoirReglement { dossier_id };
    let accorde = administrateur.ok(&LireDossier { dossier_id }, &()).await.montant_accorde.unwrap();
    let trop = VersementOpco { montant: Some(accorde + 1), ..VersementOpco::default() };
    assert_eq!(administrateur.call(&op, &trop).await.pointeurs(), ["/montant"]);

    let partie =
        VersementOpco { montant: Some(1_000), mode: Some(ModeReglement::Remboursement), facture: Some("FA-1".into()) };
    let r = administrateur.call(&op, &partie).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let paye: Reglement = r.lire();
    assert_eq!((paye.montant_regle, paye.facture.as_str(), paye.devise), (1_000, "FA-1", Devise::Eur));
    assert_eq!(paye.beneficiaire, e.raison_sociale);
    assert_eq!(administrateur.ok(&LireDossier { dossier_id }, &()).await.etat, Etat::EnReglement);
    let modifie_le = async || {
        let liste = administrateur.ok(&ListerDossiers { query: FiltreDossiers::default() }, &()).await.elements;
        liste.iter().find(|d| d.id == dossier_id).unwrap().modifie_le
    };
    let avant = modifie_le().await;
    // Another part changes no état: whoever follows what changes sees it all the same.
    administrateur.ok(&op, &VersementOpco { montant: Some(500), ..VersementOpco::default() }).await;
    let apres = administrateur.ok(&LireDossier { dossier_id }, &()).await;
    assert_eq!((apres.etat, apres.montant_regle), (Etat::EnReglement, 1_500));
    assert!(modifie_le().await > avant);

    administrateur.ok(&op, &VersementOpco::default()).await;
    let d = administrateur.ok(&LireDossier { dossier_id }, &()).await;
    assert_eq!((d.etat, d.code_inter_opco, d.montant_regle), (Etat::Regle, Some(CodeInterOpco::Solde), accorde));
    let derniers: Vec<i64> = administrateur
        .ok(&ListerReglements { dossier_id }, &())
        .await
        .elements
        .iter()
        .map(|r| r.montant_regle)
        .collect();
    assert_eq!(derniers, [accorde - 1_500, 500, 1_000]);
    administrateur.call(&op, &VersementOpco::default()).await.probleme(ProblemCode::EtatIncompatible);
}
