//! The queries of the list, over one engine at a time.

use diesel::dsl::not;
use diesel::prelude::*;
use domain::dossier::{Etat, Situation, Tri, Vue};
use domain::ids::{DossierId, EtablissementId};
use domain::numero::Recherche;
use domain::permit::{Branche, Perimeter};

use super::super::{Resume, SANS_ECHEANCE};
use super::{Curseur, Filtre};
use crate::codes::Reference;
use crate::references::nom_de;
use crate::schema::{adherents, dossiers, etablissements, inscriptions, lectures};
use crate::types::V;

/// A dossier as the list reads it.
pub(super) type Lue = (Resume, String, String, Option<i64>, Option<String>);

/// Which of a branch's dossiers are read, and by what.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// All, in order.
    Toute,
    /// Those of an établissement, in order.
    Lieu(EtablissementId),
    /// These, by the primary key.
    Nommes(&'a [V<DossierId>]),
    /// Those of the companies whose key starts so: all are read in order.
    Raison(&'a str),
    /// Those of the trainees whose key starts so, last or first name before the other: all are read in order.
    Stagiaire(&'a str),
}

/// Which due days are read: dossiers with none come last both ways, though what they are sorted by is the greatest.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Echeances {
    Toutes,
    Avec,
    Sans,
}

/// What is read of one branch.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub branche: Branche,
    pub source: Source<'a>,
    pub echeances: Echeances,
    pub filtre: &'a Filtre,
    pub tri: Tri,
    pub curseur: Option<&'a Curseur>,
    pub demande: i64,
}

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

/// A column has a value: in a form that lends itself to an index, or in one that leaves the choice to a narrower one.
/// SQLite knows nothing of how rows are spread, and takes any column for a narrow one.
macro_rules! vaut {
    ($q:expr, $colonne:ident, $valeur:expr, $par_index:expr) => {
        if $par_index {
            $q.filter(dossiers::$colonne.eq(V($valeur)))
        } else {
            $q.filter(not(dossiers::$colonne.ne(V($valeur))))
        }
    };
}

/// What comes after a place in the order of a column, then of the identifier.
macro_rules! au_dela {
    ($q:expr, $colonne:ident, $large:ident, $strict:ident, ($valeur:expr, $id:expr)) => {
        $q.filter(dossiers::$colonne.$large(V(*$valeur)))
            .filter(dossiers::$colonne.$strict(V(*$valeur)).or(dossiers::id.$strict(V(*$id))))
    };
}

/// The queries of the list over one engine. Their text depends on what is asked for: a query over both engines at once
/// would have it made three times at each run.
macro_rules! sur_moteur {
    ($module:ident, $Moteur:ty, $Connexion:ty) => {
        pub(super) mod $module {
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
            pub fn lignes(c: &mut $Connexion, perimetre: &Perimeter, place: &Place<'_>) -> QueryResult<Vec<Lue>> {
                let q = apres(narrow(de_la_source(tous(), place), place), place);
                let q = match place.tri {
                    Tri::Echeance => q.order((dossiers::echeance_tri, dossiers::id)),
                    Tri::EcheanceDecroissante => q.order((dossiers::echeance_tri.desc(), dossiers::id.desc())),
                    Tri::Debut => q.order((dossiers::date_debut.desc(), dossiers::id.desc())),
                    Tri::DebutCroissant => q.order((dossiers::date_debut, dossiers::id)),
                    Tri::Numero => q.order(dossiers::numero.desc()),
                    Tri::NumeroCroissant => q.order(dossiers::numero),
                    Tri::Modification => q.order((dossiers::modifie_le, dossiers::id)),
                };
                q.select(colonnes!(perimetre)).limit(place.demande).load(c)
            }

            /// Those of the dossiers named that are in a branch.
            pub fn parmi(
                c: &mut $Connexion,
                perimetre: &Perimeter,
                branche: Branche,
                ids: &[V<DossierId>],
            ) -> QueryResult<Vec<Lue>> {
                let nommes = du_branche(tous(), branche, (false, false)).filter(dossiers::id.eq_any(ids.to_vec()));
                nommes.select(colonnes!(perimetre)).load(c)
            }

            fn tous<'a>() -> Requete<'a> {
                dossiers::table.inner_join(etablissements::table).inner_join(adherents::table).into_boxed()
            }

            /// The dossiers of a branch; whether its établissement and its portfolio lend themselves to an index.
            fn du_branche(q: Requete<'_>, branche: Branche, (lieu, portefeuille): (bool, bool)) -> Requete<'_> {
                match branche {
                    Branche::Etablissement(e) => vaut!(q, etablissement_id, e, lieu),
                    Branche::Portefeuille(g) => vaut!(q, gestionnaire_id, g, portefeuille),
                    Branche::Tout => q.filter(dossiers::etat.ne(V(Etat::Brouillon))),
                }
            }

            fn de_la_source<'a>(q: Requete<'a>, place: &Place<'_>) -> Requete<'a> {
                let entier = place.filtre.etablissement.is_none();
                match place.source {
                    Source::Toute => du_branche(q, place.branche, (true, entier)),
                    Source::Lieu(e) => {
                        du_branche(q, place.branche, (true, false)).filter(dossiers::etablissement_id.eq(V(e)))
                    }
                    Source::Nommes(ids) => {
                        du_branche(q, place.branche, (false, false)).filter(dossiers::id.eq_any(ids.to_vec()))
                    }
                    Source::Raison(debut) => {
                        let suite = format!("{debut}\u{10ffff}");
                        let q = du_branche(q, place.branche, (true, entier));
                        // In a form that does not lend itself to `adherents_raison`: all its dossiers would be sorted.
                        q.filter(not(adherents::raison_cle.lt(debut.to_owned())))
                            .filter(not(adherents::raison_cle.ge(suite)))
                    }
                    Source::Stagiaire(debut) => {
                        // By `inscriptions_dossier`, which has both names.
                        let suite = format!("{debut}\u{10ffff}");
                        let (nom, prenom) = (inscriptions::nom_cle, inscriptions::prenom_cle);
                        let nom_d_abord = nom.concat(" ").concat(prenom);
                        let prenom_d_abord = prenom.concat(" ").concat(nom);
                        let ainsi = nom_d_abord.ge(debut.to_owned()).and(nom_d_abord.lt(suite.clone()));
                        let ou_ainsi = prenom_d_abord.ge(debut.to_owned()).and(prenom_d_abord.lt(suite));
                        let inscrits = inscriptions::table
                            .filter(inscriptions::dossier_id.eq(dossiers::id))
                            .filter(ainsi.or(ou_ainsi))
                            .select(inscriptions::id);
                        du_branche(q, place.branche, (true, entier)).filter(diesel::dsl::exists(inscrits))
                    }
                }
            }

            fn narrow<'a>(mut q: Requete<'a>, place: &Place<'_>) -> Requete<'a> {
                let Place { filtre: f, tri, source, .. } = *place;
                let par_index = !matches!(source, Source::Nommes(_));
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
                        let par_date = tri == Tri::Modification;
                        let toutes = f.demande.is_some() || par_date;
                        // The indexes of the other orders begin by the view.
                        let de_la_situation = f.situation.filter(|_| !par_date).map(|s| s.etat().vue());
                        let montree = f.vue.or(de_la_situation);
                        if let Some(vue) = montree.or((!toutes).then_some(Vue::EnCours)) {
                            q = vaut!(q, vue, vue, par_index && !par_date);
                        }
                    }
                }
                if let Some(etablissement) = f.etablissement {
                    q = vaut!(q, etablissement_id, etablissement, par_index);
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
                if let Some(situation) = f.situation {
                    q = q.filter(dossiers::situation.eq(V(situation)));
                }
                if f.attendus {
                    // As `Attente::de` says it.
                    q = q.filter(dossiers::situation.eq_any([V(Situation::Brouillon), V(Situation::PiecesAttendues)]));
                }
                q
            }

            fn apres<'a>(q: Requete<'a>, place: &Place<'_>) -> Requete<'a> {
                let q = match place.echeances {
                    Echeances::Toutes => q,
                    Echeances::Avec => q.filter(dossiers::echeance_tri.lt(V(SANS_ECHEANCE))),
                    Echeances::Sans => q.filter(dossiers::echeance_tri.eq(V(SANS_ECHEANCE))),
                };
                match (place.tri, place.curseur) {
                    (Tri::Echeance, Some(Curseur::Echeance(le, id))) => au_dela!(q, echeance_tri, ge, gt, (le, id)),
                    (Tri::EcheanceDecroissante, Some(Curseur::Echeance(le, id)))
                        if place.echeances == Echeances::Avec || *le == SANS_ECHEANCE =>
                    {
                        au_dela!(q, echeance_tri, le, lt, (le, id))
                    }
                    (Tri::Debut, Some(Curseur::Debut(le, id))) => au_dela!(q, date_debut, le, lt, (le, id)),
                    (Tri::DebutCroissant, Some(Curseur::Debut(le, id))) => au_dela!(q, date_debut, ge, gt, (le, id)),
                    (Tri::Numero, Some(Curseur::Numero(n))) => q.filter(dossiers::numero.lt(n.clone())),
                    (Tri::NumeroCroissant, Some(Curseur::Numero(n))) => q.filter(dossiers::numero.gt(n.clone())),
                    (Tri::Modification, Some(Curseur::Modification(le, id))) => {
                        au_dela!(q, modifie_le, ge, gt, (le, id))
                    }
                    _ => q,
                }
            }
        }
    };
}
sur_moteur!(sqlite, diesel::sqlite::Sqlite, diesel::SqliteConnection);
#[cfg(feature = "postgres")]
sur_moteur!(postgres, diesel::pg::Pg, diesel::PgConnection);
