//! The whole policy, printed: who may do what, in which état or statut.
//!
//! The committed table is `docs/AUTORISATIONS.md`; run with `REGENERER=1` to write it again.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test, with its own settings")]

use std::fmt::Write as _;
use std::sync::Arc;

use domain::code::Code;
use domain::document::{Sens, Statut};
use domain::dossier::Etat;
use domain::ids::{DocumentId, Id, UtilisateurId};
use domain::permit::{Action, authorize};
use domain::policy::{
    AdherentScope, AnnulerDepot, Cible, ClientApiScope, ConduireEntreprise, DemanderPiece, DemanderRattachement,
    DeplacerHorloge, Deposer, DeposerOpco, DocumentScope, DossierScope, Ecrire, Examiner, ExecuterLot, ForcerDossier,
    GererClient, GererClients, GererMembres, GererSonCompte, GererWebhook, GererWebhooks, InvitationScope, LireClient,
    LireDocument, LireDossier, LireFil, ListerDocuments, ListerDossiers, ListerMessages, ListerTeleversements,
    MarquerMessage, MembreScope, MembresScope, MessageScope, NOMS, Poursuivre, Referencer, ReglerMembre, Remplacer,
    RetirerInvitation, SuivreEvenements, TeleversementScope, Televerser, Traiter, VoirAccueil, VoirPortail,
    VoirReferentiel, VoirTravail, VoirTypesEvenements, WebhookScope,
};
use domain::{Acteur, Denied, Portee, Preuve, Profil, Rattachement, RoleMembre, Scope, Scopes};
use uuid::Uuid;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

const GESTIONNAIRE: u128 = 7;

fn membre(adherent: u128, etablissement: u128, role: RoleMembre) -> Profil {
    Profil::Membre(Arc::new([Rattachement { adherent: id(adherent), etablissement: id(etablissement), role }]))
}

fn acteurs() -> Vec<(&'static str, Arc<Acteur>)> {
    let acteur = |n: u128, profil: Profil| {
        Arc::new(Acteur { id: id(n), profil, portee: Portee::Personne, preuve: Preuve::Aucune })
    };
    vec![
        ("lecteur", acteur(1, membre(1, 1, RoleMembre::Lecteur))),
        ("contributeur", acteur(2, membre(1, 1, RoleMembre::Contributeur))),
        ("administrateur", acteur(3, membre(1, 1, RoleMembre::Administrateur))),
        ("administrateur d’un autre établissement", acteur(4, membre(1, 2, RoleMembre::Administrateur))),
        ("administrateur d’un autre adhérent", acteur(5, membre(2, 3, RoleMembre::Administrateur))),
        ("sans rattachement", acteur(6, Profil::Membre(Arc::new([])))),
        ("gestionnaire du dossier", acteur(GESTIONNAIRE, Profil::Gestionnaire)),
        ("autre gestionnaire", acteur(8, Profil::Gestionnaire)),
        ("administrateur de l’OPCO", acteur(9, Profil::AdministrateurOpco)),
    ]
}

/// A client of one scope, on the établissement of the dossier.
fn client(scope: Scope) -> Arc<Acteur> {
    let scopes = Scopes::from_iter([scope]);
    let (profil, portee) = (membre(1, 1, scopes.role()), Portee::Client(scopes));
    Arc::new(Acteur { id: id(10), profil, portee, preuve: Preuve::Aucune })
}

fn dossier(etat: Etat) -> DossierScope {
    let gestionnaire: Option<UtilisateurId> = (etat != Etat::Brouillon).then(|| id(GESTIONNAIRE));
    DossierScope { id: id(1), adherent: id(1), etablissement: id(1), gestionnaire, etat }
}

fn document(sens: Sens, statut: Statut) -> DocumentScope {
    let id: DocumentId = id(1);
    DocumentScope { id, dossier: dossier(Etat::Accorde), sens, statut, depose_par: crate::id(2) }
}

/// Uploads opened by the contributeur; the last one after it changed sides, as if by an error.
fn televersements() -> Vec<(&'static str, TeleversementScope)> {
    let version = |sens, statut| Cible::Version(document(sens, statut));
    [
        ("pièce", Cible::Piece),
        ("version", version(Sens::Adherent, Statut::Transmis)),
        ("version annulée", version(Sens::Adherent, Statut::Annule)),
        ("document de l’OPCO", Cible::Opco),
    ]
    .into_iter()
    .map(|(nom, cible)| {
        (nom, TeleversementScope { id: id(1), dossier: dossier(Etat::Accorde), createur: id(2), cible })
    })
    .collect()
}

const fn verdict<T>(r: &Result<T, Denied>) -> &'static str {
    match r {
        Ok(_) => "oui",
        Err(Denied::Invisible) => "404",
        Err(Denied::Role | Denied::Cote | Denied::Scope(_) | Denied::Personne) => "403",
    }
}

/// « oui », or the verdicts by case when they differ.
fn resume(cas: &[(&'static str, &'static str)]) -> String {
    let (_, premier) = cas[0];
    if cas.iter().all(|(_, v)| *v == premier) {
        return premier.to_owned();
    }
    let mut verdicts: Vec<&str> = cas.iter().map(|(_, v)| *v).collect();
    verdicts.dedup();
    verdicts.sort_unstable();
    verdicts.dedup();
    let majorite = *verdicts.iter().max_by_key(|v| cas.iter().filter(|(_, w)| w == *v).count()).unwrap();
    let exceptions: Vec<String> =
        cas.iter().filter(|(_, v)| *v != majorite).map(|(nom, v)| format!("{v} si {nom}")).collect();
    format!("{majorite} ; {}", exceptions.join(", "))
}

fn ligne<A: Action>(table: &mut String, cas: &[(&'static str, A::Sur)]) {
    let _ = write!(table, "| `{}` | {} |", A::NOM, portee::<A>());
    for (_, acteur) in acteurs() {
        let verdicts: Vec<_> =
            cas.iter().map(|(nom, sur)| (*nom, verdict(&authorize::<A>(&acteur, sur.clone())))).collect();
        let _ = write!(table, " {} |", resume(&verdicts));
    }
    table.push('\n');
}

fn portee<A: Action>() -> String {
    A::SCOPE.map_or_else(|| "—".to_owned(), |scope| format!("`{}`", scope.code()))
}

/// What each scope alone opens, on what the client's établissement sees.
fn ligne_client<A: Action>(table: &mut String, sur: &A::Sur) {
    let _ = write!(table, "| `{}` |", A::NOM);
    for scope in Scope::TOUS {
        let _ = write!(table, " {} |", verdict(&authorize::<A>(&client(*scope), sur.clone())));
    }
    table.push('\n');
}

fn tete(table: &mut String, titre: &str, note: &str) {
    let noms: Vec<_> = acteurs().iter().map(|(nom, _)| *nom).collect();
    let _ = write!(
        table,
        "\n## {titre}\n\n{note}\n\n| action | portée | {} |\n|---|---|{}\n",
        noms.join(" | "),
        "---|".repeat(noms.len())
    );
}

fn matrice() -> String {
    let etats: Vec<(&'static str, DossierScope)> = Etat::TOUS.iter().map(|e| (e.code(), dossier(*e))).collect();
    let messages: Vec<(&'static str, MessageScope)> =
        etats.iter().map(|(n, d)| (*n, MessageScope { id: id(1), dossier: d.clone() })).collect();
    let docs = |sens: Sens| -> Vec<(&'static str, DocumentScope)> {
        Statut::TOUS.iter().map(|s| (s.code(), document(sens, *s))).collect()
    };
    let mut t = String::from(
        "# Autorisations\n\nQui peut faire quoi. Page écrite par `cargo nextest run -p domain` avec `REGENERER=1` à partir des règles de\n\
         `crates/domain/src/policy.rs` ; le test échoue quand elle n’est plus à jour.\n\n\
         « oui » : permis. « 404 » : hors de portée, comme si cela n’existait pas. « 403 » : visible, mais refusé.\n\n\
         « portée » : celle qu’il faut à un client API ; « — » : aucune ne l’ouvre, l’action est réservée aux personnes.\n",
    );
    tete(&mut t, "Sur un dossier", "Par état du dossier quand il compte.");
    ligne::<LireDossier>(&mut t, &etats);
    ligne::<ListerDocuments>(&mut t, &etats);
    ligne::<LireFil>(&mut t, &etats);
    ligne::<Deposer>(&mut t, &etats);
    ligne::<Ecrire>(&mut t, &etats);
    ligne::<Referencer>(&mut t, &etats);
    ligne::<Televerser>(&mut t, &etats);
    ligne::<DeposerOpco>(&mut t, &etats);
    ligne::<DemanderPiece>(&mut t, &etats);
    ligne::<Traiter>(&mut t, &etats);
    ligne::<MarquerMessage>(&mut t, &messages);
    for (titre, sens) in [("Sur un document de l’adhérent", Sens::Adherent), ("Sur un document de l’OPCO", Sens::Opco)]
    {
        tete(&mut t, titre, "Par statut du document : `recu` est le délai d’annulation.");
        ligne::<LireDocument>(&mut t, &docs(sens));
        ligne::<AnnulerDepot>(&mut t, &docs(sens));
        ligne::<Remplacer>(&mut t, &docs(sens));
        ligne::<Examiner>(&mut t, &docs(sens));
    }
    tete(&mut t, "Sur un téléversement du contributeur", "Par ce que le fichier deviendra.");
    ligne::<Poursuivre>(&mut t, &televersements());
    tete(&mut t, "Sur un adhérent", "L’administrateur agit sur les établissements où il l’est.");
    ligne::<GererClients>(&mut t, &[("", adherent())]);
    ligne::<GererWebhooks>(&mut t, &[("", adherent())]);
    ligne::<GererWebhook>(
        &mut t,
        &[("de tous", webhook(&[])), ("du dossier", webhook(&[1])), ("d’un autre", webhook(&[2]))],
    );
    tete(
        &mut t,
        "Sur les personnes d’un adhérent",
        "L’administrateur gère les personnes des établissements où il l’est, et de ceux de l’entreprise qui n’en ont pas.",
    );
    ligne::<GererMembres>(&mut t, &[("", membres(&[]))]);
    ligne::<ReglerMembre>(&mut t, &MEMBRES.map(|(nom, sans)| (nom, une_personne(sans))));
    ligne::<RetirerInvitation>(&mut t, &MEMBRES.map(|(nom, sans)| (nom, invitation(sans))));
    tete(
        &mut t,
        "Sur un client API",
        "Un client de l’établissement, ou de cet établissement et d’un autre : seul l’administrateur de tous le gère.",
    );
    let deux = [("un établissement", client_api(&[1])), ("deux établissements", client_api(&[1, 2]))];
    ligne::<LireClient>(&mut t, &deux);
    ligne::<GererClient>(&mut t, &deux);
    tete(&mut t, "Sans ressource", "Sur soi-même, ou sur l’ensemble de ce que l’on voit.");
    ligne::<ListerDossiers>(&mut t, &[("", ())]);
    ligne::<ListerTeleversements>(&mut t, &[("", ())]);
    ligne::<ListerMessages>(&mut t, &[("", ())]);
    ligne::<SuivreEvenements>(&mut t, &[("", ())]);
    ligne::<VoirTypesEvenements>(&mut t, &[("", ())]);
    ligne::<VoirReferentiel>(&mut t, &[("", ())]);
    ligne::<ExecuterLot>(&mut t, &[("", ())]);
    ligne::<VoirPortail>(&mut t, &[("", ())]);
    ligne::<GererSonCompte>(&mut t, &[("", ())]);
    ligne::<DemanderRattachement>(&mut t, &[("", ())]);
    ligne::<VoirAccueil>(&mut t, &[("", ())]);
    ligne::<VoirTravail>(&mut t, &[("", ())]);
    tete(&mut t, "Dans un bac à sable", "Ces actions n’ont d’opérations que dans ce mode.");
    ligne::<ForcerDossier>(&mut t, &etats);
    ligne::<ConduireEntreprise>(&mut t, &[("", adherent())]);
    ligne::<DeplacerHorloge>(&mut t, &[("", ())]);
    t
}

/// What people do in a sandbox alone: the table of the API clients leaves it out.
const SANS_CLIENT: &[&str] = &["bac_a_sable.forcer", "bac_a_sable.conduire", "bac_a_sable.horloge"];

fn clients() -> String {
    let mut t = String::new();
    let noms: Vec<_> = Scope::TOUS.iter().map(|s| format!("`{}`", s.code())).collect();
    let _ = write!(
        &mut t,
        "\n## Clients API\n\nCe qu’ouvre chaque portée à elle seule, sur un dossier, un document ou un message que \
         l’établissement du client voit. Hors de ses établissements : 404, quelle que soit la portée.\n\n\
         | action | {} |\n|---|{}\n",
        noms.join(" | "),
        "---|".repeat(noms.len())
    );
    let (d, m) = (dossier(Etat::Accorde), MessageScope { id: id(1), dossier: dossier(Etat::Accorde) });
    let (recu, transmis) = (document(Sens::Adherent, Statut::Recu), document(Sens::Adherent, Statut::Transmis));
    let du_client =
        TeleversementScope { id: id(1), dossier: dossier(Etat::Accorde), createur: id(10), cible: Cible::Piece };
    ligne_client::<ListerDossiers>(&mut t, &());
    ligne_client::<LireDossier>(&mut t, &d);
    ligne_client::<SuivreEvenements>(&mut t, &());
    ligne_client::<VoirReferentiel>(&mut t, &());
    ligne_client::<ExecuterLot>(&mut t, &());
    ligne_client::<Referencer>(&mut t, &d);
    ligne_client::<ListerDocuments>(&mut t, &d);
    ligne_client::<LireDocument>(&mut t, &transmis);
    ligne_client::<Deposer>(&mut t, &d);
    ligne_client::<Remplacer>(&mut t, &transmis);
    ligne_client::<AnnulerDepot>(&mut t, &recu);
    ligne_client::<Televerser>(&mut t, &d);
    ligne_client::<Poursuivre>(&mut t, &du_client);
    ligne_client::<ListerTeleversements>(&mut t, &());
    ligne_client::<ListerMessages>(&mut t, &());
    ligne_client::<LireFil>(&mut t, &d);
    ligne_client::<Ecrire>(&mut t, &d);
    ligne_client::<MarquerMessage>(&mut t, &m);
    ligne_client::<GererWebhooks>(&mut t, &adherent());
    ligne_client::<GererWebhook>(&mut t, &webhook(&[1]));
    ligne_client::<VoirTypesEvenements>(&mut t, &());
    ligne_client::<GererMembres>(&mut t, &membres(&[]));
    ligne_client::<ReglerMembre>(&mut t, &une_personne(&[]));
    ligne_client::<RetirerInvitation>(&mut t, &invitation(&[]));
    ligne_client::<GererClients>(&mut t, &adherent());
    ligne_client::<LireClient>(&mut t, &client_api(&[1]));
    ligne_client::<GererClient>(&mut t, &client_api(&[1]));
    ligne_client::<DeposerOpco>(&mut t, &d);
    ligne_client::<DemanderPiece>(&mut t, &d);
    ligne_client::<Traiter>(&mut t, &d);
    ligne_client::<Examiner>(&mut t, &transmis);
    ligne_client::<VoirPortail>(&mut t, &());
    ligne_client::<DemanderRattachement>(&mut t, &());
    ligne_client::<VoirAccueil>(&mut t, &());
    ligne_client::<VoirTravail>(&mut t, &());
    ligne_client::<GererSonCompte>(&mut t, &());
    t
}

fn webhook(etablissements: &[u128]) -> WebhookScope {
    WebhookScope { id: id(1), adherent: adherent(), etablissements: etablissements.iter().map(|e| id(*e)).collect() }
}

fn client_api(etablissements: &[u128]) -> ClientApiScope {
    let etablissements = etablissements.iter().map(|n| id(*n)).collect();
    ClientApiScope { id: id(10), adherent: adherent(), etablissements }
}

/// Somebody of the établissement of the dossier, which has an administrateur or none.
const MEMBRES: [(&str, &[u128]); 2] = [("l’établissement a un administrateur", &[]), ("il n’en a pas", &[1])];

fn membres(sans_administrateur: &[u128]) -> MembresScope {
    MembresScope { adherent: adherent(), sans_administrateur: sans_administrateur.iter().map(|e| id(*e)).collect() }
}

fn une_personne(sans_administrateur: &[u128]) -> MembreScope {
    MembreScope { id: id(11), membres: membres(sans_administrateur), etablissements: vec![id(1)] }
}

fn invitation(sans_administrateur: &[u128]) -> InvitationScope {
    InvitationScope { id: id(12), membres: membres(sans_administrateur), etablissements: vec![id(1)] }
}

fn adherent() -> AdherentScope {
    AdherentScope { id: id(1), gestionnaire: Some(id(GESTIONNAIRE)) }
}

#[test]
fn the_printed_matrix_is_that_of_the_policy() {
    let chemin = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/AUTORISATIONS.md");
    let calculee = matrice() + &clients();
    if std::env::var_os("REGENERER").is_some() {
        std::fs::write(chemin, &calculee).unwrap();
    }
    let commise = std::fs::read_to_string(chemin).unwrap_or_default();
    assert!(commise == calculee, "docs/AUTORISATIONS.md n’est plus à jour : relancez avec REGENERER=1\n{calculee}");
}

#[test]
fn every_action_of_the_policy_is_in_both_tables() {
    for (table, sauf) in [(matrice(), [].as_slice()), (clients(), SANS_CLIENT)] {
        let absentes: Vec<_> = NOMS.iter().filter(|nom| !table.contains(&format!("\n| `{nom}` |"))).collect();
        assert_eq!(absentes, sauf.iter().collect::<Vec<_>>(), "{table}");
    }
}
