//! The list of dossiers: keyset pages over the branches of a perimeter.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use domain::dossier::{Etat, Tri, Vue};
use domain::ids::{DossierId, EtablissementId};
use domain::numero::Recherche;
use domain::permit::{Branche, Perimeter};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Resume, echeance_tri};
use crate::codes::Reference;
use crate::conn::sur;
use crate::references::nom_de;
use crate::schema::{adherents, dossiers, etablissements, inscriptions, lectures};
use crate::types::V;
use crate::{Conn, DbError};

/// Dossiers are counted up to this number.
const COMPTE_MAX: i64 = 10_000;

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filtre {
    /// The view; living dossiers by default.
    pub vue: Option<Vue>,
    /// An établissement.
    pub etablissement: Option<EtablissementId>,
    /// A dispositif's code.
    pub dispositif: Option<String>,
    /// A number.
    pub numero: Option<Recherche>,
    /// A demande's number, beside any other.
    pub demande: Option<String>,
    /// Dossiers that changed at that instant or later.
    pub depuis: Option<Timestamp>,
    /// The start of a trainee's names, the last or the first before the other, in lower case without accents.
    pub stagiaire: Option<String>,
    /// Trainings that start on that day or later.
    pub debut_apres: Option<Date>,
    /// Trainings that end on that day or earlier.
    pub fin_avant: Option<Date>,
    /// An état.
    pub etat: Option<Etat>,
    /// Only dossiers where something is awaited from the member.
    pub attendus: bool,
}

/// Where a page ended: the sort key and the identifier of its last dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Curseur {
    /// By due day.
    Echeance(Date, DossierId),
    /// By start.
    Debut(Date, DossierId),
    /// By number.
    Numero(String),
    /// By change.
    Modification(Timestamp, DossierId),
}

/// A dossier in the list.
#[derive(Debug, Clone)]
pub struct Ligne {
    /// The dossier.
    pub dossier: Resume,
    /// The établissement's name.
    pub etablissement: String,
    /// The company's name.
    pub adherent: String,
    /// Unread messages of the reader.
    pub non_lus: i64,
    /// The reader's own name of it.
    pub reference: Option<String>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The dossiers.
    pub lignes: Vec<Ligne>,
    /// Where the next page starts.
    pub suivant: Option<Curseur>,
}

type Lue = (Resume, String, String, Option<i64>, Option<String>);

/// Unread messages of the reader in each dossier of a query; by `lectures_non_lues`.
macro_rules! non_lus {
    ($perimetre:expr) => {
        lectures::table
            .filter(lectures::utilisateur_id.eq(V($perimetre.acteur().id)))
            .filter(lectures::dossier_id.eq(dossiers::id))
            .filter(lectures::non_lu_depuis.is_not_null())
            .count()
            .single_value()
    };
}

/// What is read of one branch.
struct Place<'a> {
    branche: Branche,
    filtre: &'a Filtre,
    tri: Tri,
    curseur: Option<&'a Curseur>,
    demande: i64,
}

/// The queries of the list over one engine. Their text depends on what is asked for: a query over both engines at once
/// would have it made three times at each run.
macro_rules! sur_moteur {
    ($module:ident, $Moteur:ty, $Connexion:ty) => {
        mod $module {
            use super::*;

            type Requete<'a> = diesel::dsl::IntoBoxed<
                'a,
                diesel::dsl::InnerJoin<
                    diesel::dsl::InnerJoin<dossiers::table, etablissements::table>,
                    adherents::table,
                >,
                $Moteur,
            >;

            macro_rules! colonnes {
                ($perimetre:expr) => {
                    (
                        Resume::as_select(),
                        etablissements::nom,
                        adherents::raison_sociale,
                        non_lus!($perimetre),
                        nom_de!($perimetre.acteur(), Reference::Dossier, dossiers::id),
                    )
                };
            }

            /// The dossiers of a branch, in order.
            pub(super) fn lignes(
                c: &mut $Connexion,
                perimetre: &Perimeter,
                place: &Place<'_>,
            ) -> QueryResult<Vec<Lue>> {
                let Place { branche, filtre, tri, curseur, demande } = *place;
                let q = apres(narrow(du_branche(tous(), branche), filtre, tri), tri, curseur);
                let q = match tri {
                    Tri::Echeance => q.order((dossiers::echeance_tri, dossiers::id)),
                    Tri::Debut => q.order((dossiers::date_debut.desc(), dossiers::id.desc())),
                    Tri::Numero => q.order(dossiers::numero.desc()),
                    Tri::Modification => q.order((dossiers::modifie_le, dossiers::id)),
                };
                q.select(colonnes!(perimetre)).limit(demande).load(c)
            }

            /// Those of the dossiers named that are in a branch.
            pub(super) fn parmi(
                c: &mut $Connexion,
                perimetre: &Perimeter,
                branche: Branche,
                ids: &[V<DossierId>],
            ) -> QueryResult<Vec<Lue>> {
                let nommes = du_branche(tous(), branche).filter(dossiers::id.eq_any(ids.to_vec()));
                nommes.select(colonnes!(perimetre)).load(c)
            }

            fn tous<'a>() -> Requete<'a> {
                dossiers::table.inner_join(etablissements::table).inner_join(adherents::table).into_boxed()
            }

            fn du_branche(q: Requete<'_>, branche: Branche) -> Requete<'_> {
                match branche {
                    Branche::Etablissement(e) => q.filter(dossiers::etablissement_id.eq(V(e))),
                    Branche::Portefeuille(g) => q.filter(dossiers::gestionnaire_id.eq(V(g))),
                    Branche::Tout => q.filter(dossiers::etat.ne(V(Etat::Brouillon))),
                }
            }

            fn narrow<'a>(mut q: Requete<'a>, f: &Filtre, tri: Tri) -> Requete<'a> {
                // A number is looked for in both views: whoever quotes it wants that dossier.
                match &f.numero {
                    Some(Recherche::Dossier(n)) => q = q.filter(dossiers::numero.eq(n.clone())),
                    // ‹ / › follows ‹ . › in ASCII: the numbers that start with the ten digits and the dot.
                    Some(Recherche::RacineDossier(r)) => {
                        q = q.filter(dossiers::numero.ge(format!("{r}."))).filter(dossiers::numero.lt(format!("{r}/")));
                    }
                    Some(Recherche::Demande(n)) => q = q.filter(dossiers::demande_numero.eq(n.clone())),
                    None => {
                        // So is a demande; and what changed may have changed view.
                        let toutes = f.demande.is_some() || tri == Tri::Modification;
                        if let Some(vue) = f.vue.or((!toutes).then_some(Vue::EnCours)) {
                            q = q.filter(dossiers::vue.eq(V(vue)));
                        }
                    }
                }
                if let Some(etablissement) = f.etablissement {
                    q = q.filter(dossiers::etablissement_id.eq(V(etablissement)));
                }
                if let Some(numero) = &f.demande {
                    q = q.filter(dossiers::demande_numero.eq(numero.clone()));
                }
                if let Some(le) = f.depuis {
                    q = q.filter(dossiers::modifie_le.ge(V(le)));
                }
                if let Some(code) = &f.dispositif {
                    q = q.filter(dossiers::dispositif.eq(code.clone()));
                }
                if let Some(le) = f.debut_apres {
                    q = q.filter(dossiers::date_debut.ge(V(le)));
                }
                if let Some(le) = f.fin_avant {
                    q = q.filter(dossiers::date_fin.le(V(le)));
                }
                if let Some(etat) = f.etat {
                    q = q.filter(dossiers::etat.eq(V(etat)));
                }
                if f.attendus {
                    // As `Attente::de` says it.
                    let de_toute_facon =
                        dossiers::etat.eq(V(Etat::Brouillon)).or(dossiers::etat.eq(V(Etat::Incomplet)));
                    q = q
                        .filter(dossiers::vue.eq(V(Vue::EnCours)))
                        .filter(dossiers::etat.ne(V(Etat::Regle)))
                        .filter(de_toute_facon.or(dossiers::pieces_fournies.lt(dossiers::pieces_dues)));
                }
                if let Some(texte) = &f.stagiaire {
                    // By `inscriptions_dossier`, which has both names.
                    let suite = format!("{texte}\u{10ffff}");
                    let (nom, prenom) = (inscriptions::nom_cle, inscriptions::prenom_cle);
                    let nom_d_abord = nom.concat(" ").concat(prenom);
                    let prenom_d_abord = prenom.concat(" ").concat(nom);
                    let ainsi = nom_d_abord.ge(texte.clone()).and(nom_d_abord.lt(suite.clone()));
                    let ou_ainsi = prenom_d_abord.ge(texte.clone()).and(prenom_d_abord.lt(suite));
                    let inscrits = inscriptions::table
                        .filter(inscriptions::dossier_id.eq(dossiers::id))
                        .filter(ainsi.or(ou_ainsi))
                        .select(inscriptions::id);
                    q = q.filter(diesel::dsl::exists(inscrits));
                }
                q
            }

            fn apres<'a>(q: Requete<'a>, tri: Tri, curseur: Option<&Curseur>) -> Requete<'a> {
                match (tri, curseur) {
                    (Tri::Echeance, Some(Curseur::Echeance(le, id))) => q
                        .filter(dossiers::echeance_tri.ge(V(*le)))
                        .filter(dossiers::echeance_tri.gt(V(*le)).or(dossiers::id.gt(V(*id)))),
                    (Tri::Debut, Some(Curseur::Debut(le, id))) => q
                        .filter(dossiers::date_debut.le(V(*le)))
                        .filter(dossiers::date_debut.lt(V(*le)).or(dossiers::id.lt(V(*id)))),
                    (Tri::Numero, Some(Curseur::Numero(n))) => q.filter(dossiers::numero.lt(n.clone())),
                    (Tri::Modification, Some(Curseur::Modification(le, id))) => q
                        .filter(dossiers::modifie_le.ge(V(*le)))
                        .filter(dossiers::modifie_le.gt(V(*le)).or(dossiers::id.gt(V(*id)))),
                    _ => q,
                }
            }
        }
    };
}
sur_moteur!(sqlite, diesel::sqlite::Sqlite, diesel::SqliteConnection);
#[cfg(feature = "postgres")]
sur_moteur!(postgres, diesel::pg::Pg, diesel::PgConnection);

/// A page of the perimeter's dossiers.
///
/// Each branch is read in order by its own index (`dossiers_etablissement_…`,
/// `dossiers_gestionnaire_…`, `dossiers_tout_…`, of the sort) and the branches are merged: the cost is that
/// of the page, whatever the number of dossiers. A number is found by its own index.
pub fn lister(
    conn: &mut Conn,
    perimetre: &Perimeter,
    filtre: &Filtre,
    tri: Tri,
    curseur: Option<&Curseur>,
    limite: usize,
) -> Result<Page, DbError> {
    let demande = i64::try_from(limite + 1).unwrap_or(i64::MAX);
    let mut lignes: Vec<Lue> = Vec::new();
    for branche in perimetre.branches() {
        let place = Place { branche: *branche, filtre, tri, curseur, demande };
        lignes.extend(match conn {
            Conn::Sqlite(c) => sqlite::lignes(c, perimetre, &place)?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => postgres::lignes(c, perimetre, &place)?,
        });
    }
    if perimetre.branches().len() > 1 {
        match tri {
            Tri::Echeance => lignes.sort_by_key(|(d, ..)| (tri_de(d), d.id)),
            Tri::Debut => lignes.sort_by_key(|(d, ..)| std::cmp::Reverse((d.date_debut, d.id))),
            Tri::Numero => lignes.sort_by(|(a, ..), (b, ..)| b.numero.cmp(&a.numero)),
            Tri::Modification => lignes.sort_by_key(|(d, ..)| (d.modifie_le, d.id)),
        }
    }
    let suivant = crate::pages::couper(&mut lignes, limite, |(d, ..)| curseur_de(d, tri));
    Ok(Page { lignes: lignes.into_iter().map(ligne).collect(), suivant })
}

/// Those of the dossiers named that are in the perimeter, in no order; by the primary key.
pub(crate) fn parmi(conn: &mut Conn, perimetre: &Perimeter, ids: &[V<DossierId>]) -> Result<Vec<Ligne>, DbError> {
    let mut lignes: Vec<Lue> = Vec::new();
    for branche in perimetre.branches() {
        lignes.extend(match conn {
            Conn::Sqlite(c) => sqlite::parmi(c, perimetre, *branche, ids)?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => postgres::parmi(c, perimetre, *branche, ids)?,
        });
    }
    Ok(lignes.into_iter().map(ligne).collect())
}

fn ligne((dossier, etablissement, adherent, non_lus, reference): Lue) -> Ligne {
    Ligne { dossier, etablissement, adherent, non_lus: non_lus.unwrap_or(0), reference }
}

/// Numbers of living and of closed dossiers of the perimeter, or of one of its établissements, each up to 10 000; by the
/// same indexes.
pub fn compter(
    conn: &mut Conn,
    perimetre: &Perimeter,
    etablissement: Option<EtablissementId>,
) -> Result<(i64, i64), DbError> {
    let mut nombres = (0, 0);
    for branche in perimetre.branches() {
        for (vue, nombre) in [(Vue::EnCours, &mut nombres.0), (Vue::Historique, &mut nombres.1)] {
            let q = dossiers::table.filter(dossiers::vue.eq(V(vue))).select(dossiers::vue).limit(COMPTE_MAX);
            let n: i64 = match (*branche, etablissement) {
                (Branche::Etablissement(e), _) => {
                    let q = Compte(q.filter(dossiers::etablissement_id.eq(V(e))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Portefeuille(g), None) => {
                    let q = Compte(q.filter(dossiers::gestionnaire_id.eq(V(g))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Portefeuille(g), Some(e)) => {
                    let du_lieu = q.filter(dossiers::etablissement_id.eq(V(e)));
                    let q = Compte(du_lieu.filter(dossiers::gestionnaire_id.eq(V(g))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Tout, None) => {
                    let q = Compte(q.filter(dossiers::etat.ne(V(Etat::Brouillon))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Tout, Some(e)) => {
                    let du_lieu = q.filter(dossiers::etablissement_id.eq(V(e)));
                    let q = Compte(du_lieu.filter(dossiers::etat.ne(V(Etat::Brouillon))));
                    sur!(conn, c => q.get_result(c))?
                }
            };
            *nombre = (*nombre + n).min(COMPTE_MAX);
        }
    }
    Ok(nombres)
}

/// `SELECT COUNT(*)` of another query, its `LIMIT` included.
#[derive(Debug, Clone, Copy, QueryId)]
struct Compte<Q>(Q);

impl<Q: Query> Query for Compte<Q> {
    type SqlType = diesel::sql_types::BigInt;
}

impl<Q, C> RunQueryDsl<C> for Compte<Q> {}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Compte<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT COUNT(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS compte");
        Ok(())
    }
}

fn tri_de(d: &Resume) -> Date {
    echeance_tri(d.echeance.map(|le| le.0))
}

fn curseur_de(d: &Resume, tri: Tri) -> Curseur {
    match tri {
        Tri::Echeance => Curseur::Echeance(tri_de(d), d.id.0),
        Tri::Debut => Curseur::Debut(d.date_debut.0, d.id.0),
        Tri::Numero => Curseur::Numero(d.numero.clone()),
        Tri::Modification => Curseur::Modification(d.modifie_le.0, d.id.0),
    }
}
