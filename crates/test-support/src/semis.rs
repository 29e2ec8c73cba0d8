//! Builders: each inserts one kind of row, with what it needs and nothing more.

use db::Conn;
use db::dossiers::LigneDossier;
use db::journal::Trace;
use db::schema::{
    adherents, changements_etat, contacts, demandes, dispositifs, dossiers, etablissements, guides, informations,
    inscriptions, rattachements, reglements, services, sessions, types_pieces, utilisateurs,
};
use db::types::V;
use diesel::prelude::*;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::code::Code as _;
use domain::document::Format;
use domain::dossier::{EtapePiece, Etat, Exigence, ModeReglement};
use domain::ids::{
    AdherentId, DemandeId, DossierId, EtablissementId, GuideId, Id, MessageId, ServiceId, SessionId, TypePieceId,
    UtilisateurId, sorte,
};
use domain::message::Nature;
use domain::policy::DossierScope;
use domain::siret::avec_cle;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The password of everybody in the tests.
pub const MOT_DE_PASSE: &str = "quatre mots suffisent : tuile, brouette, zinc";

/// A small PDF that the vault accepts.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

/// Sows rows at one instant.
pub struct Semis<'a> {
    /// The connection, in a write transaction.
    pub conn: &'a mut Conn,
    /// The instant of all that is sown.
    pub le: Timestamp,
}

/// A dossier to sow; the defaults are those of a PLAN dossier under instruction.
#[derive(Debug, Clone)]
pub struct NouveauDossier {
    /// Its number.
    pub numero: String,
    /// The number of its demande.
    pub demande: String,
    /// Its company.
    pub adherent: AdherentId,
    /// Its établissement.
    pub etablissement: EtablissementId,
    /// Its gestionnaire; dropped for a brouillon.
    pub gestionnaire: UtilisateurId,
    /// Its dispositif.
    pub dispositif: &'static str,
    /// Its title.
    pub intitule: String,
    /// First day.
    pub date_debut: Date,
    /// Last day.
    pub date_fin: Date,
    /// Where it stands; the changes that lead there are sown too.
    pub etat: Etat,
    /// Agreed, in cents.
    pub montant_accorde: Option<i64>,
    /// Paid, in cents.
    pub montant_regle: i64,
}

impl NouveauDossier {
    /// A dossier under instruction, from 2026-12-01 to 2027-02-26.
    pub fn new(
        numero: &str,
        demande: &str,
        (adherent, etablissement): (AdherentId, EtablissementId),
        gestionnaire: UtilisateurId,
    ) -> Self {
        Self {
            numero: numero.to_owned(),
            demande: demande.to_owned(),
            adherent,
            etablissement,
            gestionnaire,
            dispositif: "PLAN",
            intitule: "Montage d’échafaudages".to_owned(),
            date_debut: date(2026, 12, 1),
            date_fin: date(2027, 2, 26),
            etat: Etat::EnInstruction,
            montant_accorde: None,
            montant_regle: 0,
        }
    }
}

fn id<T>() -> Id<T> {
    Id::new(Uuid::now_v7())
}

/// A SIRET that satisfies its check rule: the `n`th fictitious company, its `nic`th établissement.
pub fn siret(n: u32, nic: u32) -> String {
    let siren = avec_cle(&format!("{:08}", 90_000_000 + n));
    avec_cle(&format!("{siren}{nic:04}"))
}

/// The hash of [`MOT_DE_PASSE`] at the tests' cost, computed once.
fn hachage() -> &'static str {
    static HACHAGE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HACHAGE.get_or_init(|| {
        use argon2::PasswordHasher as _;
        let cout = argon2::Params::new(8, 1, 1, None).unwrap();
        argon2::Argon2::from(cout).hash_password(MOT_DE_PASSE.as_bytes()).unwrap().to_string()
    })
}

impl Semis<'_> {
    /// A person whose address is confirmed and whose password is [`MOT_DE_PASSE`].
    pub fn utilisateur(&mut self, cote: Cote, prenom: &str, nom: &str, email: &str) -> UtilisateurId {
        let cle: UtilisateurId = id();
        let fonction = match cote {
            Cote::Membre => "",
            Cote::Gestionnaire => "Gestionnaire de vos dossiers",
            Cote::AdministrateurOpco => "Administration",
        };
        diesel::insert_into(utilisateurs::table)
            .values((
                utilisateurs::id.eq(V(cle)),
                utilisateurs::email.eq(email),
                utilisateurs::prenom.eq(prenom),
                utilisateurs::nom.eq(nom),
                utilisateurs::fonction.eq(fonction),
                utilisateurs::telephone.eq("02 40 00 00 00"),
                utilisateurs::cote.eq(V(cote)),
                utilisateurs::mot_de_passe.eq(Some(hachage())),
                utilisateurs::email_confirme_le.eq(Some(V(self.le))),
                utilisateurs::cree_le.eq(V(self.le)),
            ))
            .execute(self.conn)
            .unwrap();
        self.journaliser("utilisateur", cle.uuid());
        cle
    }

    /// A company, with its gestionnaire.
    pub fn adherent(
        &mut self,
        numero: &str,
        raison_sociale: &str,
        siren: &str,
        gestionnaire: UtilisateurId,
    ) -> AdherentId {
        let cle: AdherentId = id();
        diesel::insert_into(adherents::table)
            .values((
                adherents::id.eq(V(cle)),
                adherents::numero.eq(numero),
                adherents::raison_sociale.eq(raison_sociale),
                adherents::raison_cle.eq(db::recherche::cle_de_raison(raison_sociale)),
                adherents::siren.eq(siren),
                adherents::gestionnaire_id.eq(Some(V(gestionnaire))),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// An établissement of a company.
    pub fn etablissement(&mut self, adherent: AdherentId, siret: &str, nom: &str) -> EtablissementId {
        let cle: EtablissementId = id();
        diesel::insert_into(etablissements::table)
            .values((
                etablissements::id.eq(V(cle)),
                etablissements::adherent_id.eq(V(adherent)),
                etablissements::siret.eq(siret),
                etablissements::nom.eq(nom),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// Attaches a member to an établissement.
    pub fn rattachement(
        &mut self,
        utilisateur: UtilisateurId,
        (adherent, etablissement): (AdherentId, EtablissementId),
        role: RoleMembre,
    ) {
        diesel::insert_into(rattachements::table)
            .values((
                rattachements::utilisateur_id.eq(V(utilisateur)),
                rattachements::etablissement_id.eq(V(etablissement)),
                rattachements::adherent_id.eq(V(adherent)),
                rattachements::role.eq(V(role)),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// Makes somebody of the OPCO a contact of a company.
    pub fn contact(&mut self, adherent: AdherentId, utilisateur: UtilisateurId, rang: i32) {
        diesel::insert_into(contacts::table)
            .values((
                contacts::adherent_id.eq(V(adherent)),
                contacts::utilisateur_id.eq(V(utilisateur)),
                contacts::rang.eq(rang),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A dispositif without categories.
    pub fn dispositif(&mut self, code: &str, libelle: &str) {
        diesel::insert_into(dispositifs::table)
            .values((
                dispositifs::code.eq(code),
                dispositifs::libelle.eq(libelle),
                dispositifs::valide_du.eq(V(date(2019, 1, 1))),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A category of pieces of a dispositif: PDF, JPEG and PNG up to 10 MiB.
    pub fn type_piece(
        &mut self,
        (dispositif, code, libelle): (&str, &str, &str),
        etape: EtapePiece,
        exigence: Exigence,
        nombre_max: Option<i32>,
        delai_jours: Option<i32>,
        rang: i32,
    ) -> TypePieceId {
        let cle: TypePieceId = id();
        let formats: Vec<&str> = Format::TOUS.iter().take(3).map(|f| f.code()).collect();
        diesel::insert_into(types_pieces::table)
            .values((
                types_pieces::id.eq(V(cle)),
                types_pieces::dispositif.eq(dispositif),
                types_pieces::code.eq(code),
                types_pieces::libelle.eq(libelle),
                types_pieces::etape.eq(V(etape)),
                types_pieces::exigence.eq(V(exigence)),
                types_pieces::formats.eq(formats.join(",")),
                types_pieces::taille_max.eq(10 * 1024 * 1024_i64),
                types_pieces::nombre_max.eq(nombre_max),
                types_pieces::delai_jours.eq(delai_jours),
                types_pieces::rang.eq(rang),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// A dossier with its demande, the changes that lead to its état, and its completeness.
    pub fn dossier(&mut self, d: NouveauDossier) -> DossierId {
        let demande: DemandeId = self.demande(&d.demande, d.etablissement);
        let cle: DossierId = id();
        let gestionnaire = (d.etat != Etat::Brouillon).then_some(d.gestionnaire);
        diesel::insert_into(dossiers::table)
            .values(LigneDossier {
                id: V(cle),
                numero: d.numero,
                demande_id: V(demande),
                demande_numero: d.demande,
                adherent_id: V(d.adherent),
                etablissement_id: V(d.etablissement),
                gestionnaire_id: gestionnaire.map(V),
                dispositif: d.dispositif.to_owned(),
                intitule: d.intitule,
                organisme: "Institut des métiers du bâtiment".to_owned(),
                date_debut: V(d.date_debut),
                date_fin: V(d.date_fin),
                etat: V(d.etat),
                vue: V(d.etat.vue()),
                montant_demande: 336_000,
                montant_accorde: d.montant_accorde,
                montant_regle: d.montant_regle,
                pieces_dues: 0,
                pieces_fournies: 0,
                echeance: None,
                echeance_tri: V(db::dossiers::SANS_ECHEANCE),
                stagiaires: 0,
                cree_le: V(self.le),
                modifie_le: V(self.le),
                version: 1,
            })
            .execute(self.conn)
            .unwrap();
        for etat in chemin(d.etat) {
            self.changement(cle, d.etablissement, *etat, d.gestionnaire);
        }
        let scope =
            DossierScope { id: cle, adherent: d.adherent, etablissement: d.etablissement, gestionnaire, etat: d.etat };
        let complet = app::documents::compter(self.conn, &scope).unwrap();
        db::dossiers::ecrire_completude(self.conn, &scope, complet, self.le).unwrap();
        cle
    }

    fn demande(&mut self, numero: &str, etablissement: EtablissementId) -> DemandeId {
        let presente: Option<V<DemandeId>> = demandes::table
            .filter(demandes::numero.eq(numero))
            .select(demandes::id)
            .first(self.conn)
            .optional()
            .unwrap();
        if let Some(presente) = presente {
            return presente.0;
        }
        let cle: DemandeId = id();
        diesel::insert_into(demandes::table)
            .values((
                demandes::id.eq(V(cle)),
                demandes::numero.eq(numero),
                demandes::etablissement_id.eq(V(etablissement)),
                demandes::creee_le.eq(V(self.le)),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// A change of état.
    pub fn changement(
        &mut self,
        dossier: DossierId,
        etablissement: EtablissementId,
        etat: Etat,
        auteur: UtilisateurId,
    ) {
        diesel::insert_into(changements_etat::table)
            .values((
                changements_etat::id.eq(V(id::<sorte::Dossier>())),
                changements_etat::dossier_id.eq(V(dossier)),
                changements_etat::etablissement_id.eq(V(etablissement)),
                changements_etat::etat.eq(V(etat)),
                changements_etat::auteur_id.eq(V(auteur)),
                changements_etat::le.eq(V(self.le)),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A trainee of a dossier.
    pub fn inscription(&mut self, dossier: DossierId, etablissement: EtablissementId, prenom: &str, nom: &str) {
        diesel::insert_into(inscriptions::table)
            .values((
                inscriptions::id.eq(V(id::<sorte::Inscription>())),
                inscriptions::dossier_id.eq(V(dossier)),
                inscriptions::etablissement_id.eq(V(etablissement)),
                inscriptions::nom.eq(nom),
                inscriptions::nom_cle.eq(db::recherche::cle(nom)),
                inscriptions::prenom_cle.eq(db::recherche::cle(prenom)),
                inscriptions::prenom.eq(prenom),
                inscriptions::date_naissance.eq(V(date(1990, 5, 14))),
                inscriptions::csp.eq("Ouvrier qualifié"),
                inscriptions::titre.eq("Monsieur"),
                inscriptions::role.eq("Stagiaire"),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A payment of a dossier by subrogation, made on a day or still to be made.
    pub fn reglement(&mut self, dossier: DossierId, montant: i64, regle_le: Option<Date>) {
        diesel::insert_into(reglements::table)
            .values((
                reglements::id.eq(V(id::<sorte::Reglement>())),
                reglements::dossier_id.eq(V(dossier)),
                reglements::facture.eq("F-2026-117"),
                reglements::beneficiaire.eq("Institut des métiers du bâtiment"),
                reglements::mode.eq(V(ModeReglement::Subrogation)),
                reglements::montant_facture.eq(montant),
                reglements::montant_regle.eq(montant),
                reglements::virement.eq(regle_le.map(|_| "VIR-000117")),
                reglements::regle_le.eq(regle_le.map(V)),
                reglements::cree_le.eq(V(self.le)),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A message, given to the people of its dossier and unread to the other side.
    pub fn message(&mut self, dossier: DossierId, auteur: UtilisateurId, cote: Cote, corps: &str) -> MessageId {
        let cle: MessageId = id();
        let scope = db::portee::dossier(self.conn, dossier).unwrap();
        let destinataires = db::messages::destinataires(self.conn, &scope, cote).unwrap();
        let nouveau = db::messages::Nouveau { id: cle, nature: Nature::Echange, auteur, cote, corps, le: self.le };
        db::messages::inserer(self.conn, &scope, &nouveau, &destinataires).unwrap();
        self.journaliser("message", cle.uuid());
        cle
    }

    /// A service of the portal.
    pub fn service(&mut self, (theme, theme_rang): (&str, i32), titre: &str, rang: i32) -> ServiceId {
        let cle: ServiceId = id();
        diesel::insert_into(services::table)
            .values((
                services::id.eq(V(cle)),
                services::theme.eq(theme),
                services::theme_rang.eq(theme_rang),
                services::titre.eq(titre),
                services::corps.eq("Premier paragraphe.\n\nSecond paragraphe."),
                services::rang.eq(rang),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// A piece of news, published at the instant of the sowing.
    pub fn information(&mut self, titre: &str) {
        diesel::insert_into(informations::table)
            .values((
                informations::id.eq(V(id::<sorte::Information>())),
                informations::titre.eq(titre),
                informations::corps.eq("Un paragraphe."),
                informations::publiee_le.eq(V(self.le)),
            ))
            .execute(self.conn)
            .unwrap();
    }

    /// A PDF guide whose bytes are in the vault already (see `TestApp::ranger`).
    pub fn guide(&mut self, titre: &str, nom: &str, (blob, taille): (&str, usize), rang: i32) -> GuideId {
        let cle: GuideId = id();
        diesel::insert_into(guides::table)
            .values((
                guides::id.eq(V(cle)),
                guides::titre.eq(titre),
                guides::nom.eq(nom),
                guides::format.eq(V(Format::Pdf)),
                guides::taille.eq(i64::try_from(taille).unwrap()),
                guides::blob.eq(blob),
                guides::rang.eq(rang),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// An open session with a known token, as sign-in would leave it.
    pub fn session(&mut self, utilisateur: UtilisateurId, jeton: &str) -> SessionId {
        let cle: SessionId = id();
        let empreinte: [u8; 32] = Sha256::digest(jeton.as_bytes()).into();
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(V(cle)),
                sessions::jeton_sha256.eq(empreinte.to_vec()),
                sessions::utilisateur_id.eq(V(utilisateur)),
                sessions::appareil.eq("Programme"),
                sessions::adresse.eq("127.0.0.1"),
                sessions::ouverte_le.eq(V(self.le)),
                sessions::vue_le.eq(V(self.le)),
                sessions::expire_le.eq(V(self.le + jiff::SignedDuration::from_hours(12))),
            ))
            .execute(self.conn)
            .unwrap();
        cle
    }

    /// A line of the journal about a row sown: without it the end of the test would miss its trace.
    pub fn journaliser(&mut self, objet: &'static str, objet_id: Uuid) {
        let details = serde_json::Value::Null;
        let trace = Trace { action: "essai.semer", objet, objet_id, dossier: None, details };
        db::journal::tracer(self.conn, Uuid::now_v7(), None, self.le, &trace).unwrap();
    }
}

/// The états a dossier went through to stand in `etat`.
fn chemin(etat: Etat) -> &'static [Etat] {
    use Etat as E;
    match etat {
        E::Brouillon => &[],
        E::Transmis => &[E::Transmis],
        E::EnInstruction => &[E::Transmis, E::EnInstruction],
        E::Incomplet => &[E::Transmis, E::EnInstruction, E::Incomplet],
        E::Accorde => &[E::Transmis, E::EnInstruction, E::Accorde],
        E::EnReglement => &[E::Transmis, E::EnInstruction, E::Accorde, E::EnReglement],
        E::Regle => &[E::Transmis, E::EnInstruction, E::Accorde, E::EnReglement, E::Regle],
        E::Cloture => &[E::Transmis, E::EnInstruction, E::Accorde, E::EnReglement, E::Regle, E::Cloture],
        E::Refuse => &[E::Transmis, E::EnInstruction, E::Refuse],
        E::Annule => &[E::Transmis, E::Annule],
        E::SansSuite => &[E::Transmis, E::SansSuite],
    }
}
