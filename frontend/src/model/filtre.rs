//! The filters of the list of dossiers, as the address of the page holds them.
//!
//! The address and the API use the same names: the address is the API's query, without its
//! cursor, and with the number of pages shown.

mod jour;

pub use jour::{JourInvalide, ecrire_jour, lire_jour};

use api_types::dossiers::{FiltreDossiers, Tri};
use api_types::endpoint::{Endpoint, ListerDossiers};
use domain::code::Code;
use domain::dossier::{Situation, Vue};

/// Most pages shown again when an address is opened.
const PAGES_MAX: usize = 20;

/// What the list shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filtre {
    /// The query, without its cursor.
    pub query: FiltreDossiers,
    /// Pages shown beyond the first.
    pub suites: usize,
}

/// A filter that narrows the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Critere {
    /// The dispositif.
    Dispositif,
    /// The number or the name searched.
    Recherche,
    /// The établissement.
    Etablissement,
    /// The first day.
    Debut,
    /// The last day.
    Fin,
    /// The état, or what the member is shown of it.
    Etat,
    /// Only what awaits the member.
    Attendus,
}

impl Critere {
    /// Every filter, in the order of the form.
    pub const TOUS: [Self; 7] =
        [Self::Dispositif, Self::Recherche, Self::Etablissement, Self::Debut, Self::Fin, Self::Etat, Self::Attendus];
}

impl Filtre {
    /// Reads the parameters of an address; what is not understood is left out.
    pub fn lire(parametre: impl Fn(&str) -> Option<String>) -> Self {
        let texte = |nom: &str| parametre(nom).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let query = FiltreDossiers {
            vue: texte("vue").and_then(|v| Code::du_code(&v)),
            dispositif: texte("dispositif"),
            q: texte("q"),
            etablissement: texte("etablissement").and_then(|v| v.parse().ok()),
            debut_apres: texte("debut_apres").and_then(|v| v.parse().ok()),
            fin_avant: texte("fin_avant").and_then(|v| v.parse().ok()),
            etat: texte("etat").and_then(|v| Code::du_code(&v)),
            situation: texte("situation").and_then(|v| Code::du_code(&v)),
            attendus: texte("attendus").filter(|v| v == "true").map(|_| true),
            tri: texte("tri").and_then(|v| Code::du_code(&v)),
            ..FiltreDossiers::default()
        };
        let suites = texte("suites").and_then(|v| v.parse().ok()).unwrap_or(0).min(PAGES_MAX);
        Self { query, suites }
    }

    /// The query string of the address, with its `?`, or nothing.
    pub fn adresse(&self) -> String {
        let chemin = ListerDossiers { query: self.query.clone() }.path();
        let mut parties: Vec<String> = chemin.split_once('?').map(|(_, q)| q.to_owned()).into_iter().collect();
        if self.suites > 0 {
            parties.push(format!("suites={}", self.suites));
        }
        if parties.is_empty() { String::new() } else { format!("?{}", parties.join("&")) }
    }

    /// The view shown.
    pub fn vue(&self) -> Vue {
        let de_la_situation = |s: Situation| s.etat().vue();
        self.query.vue.or(self.query.situation.map(de_la_situation)).unwrap_or(Vue::EnCours)
    }

    /// The sort in force.
    pub fn tri(&self) -> Tri {
        self.query.tri.unwrap_or(Tri::Echeance)
    }

    /// The filters in force, in the order of the form.
    pub fn actifs(&self) -> Vec<Critere> {
        Critere::TOUS.into_iter().filter(|c| self.tient(*c)).collect()
    }

    fn tient(&self, critere: Critere) -> bool {
        let q = &self.query;
        match critere {
            Critere::Dispositif => q.dispositif.is_some(),
            Critere::Recherche => q.q.is_some(),
            Critere::Etablissement => q.etablissement.is_some(),
            Critere::Debut => q.debut_apres.is_some(),
            Critere::Fin => q.fin_avant.is_some(),
            Critere::Etat => q.etat.is_some() || q.situation.is_some(),
            Critere::Attendus => q.attendus.is_some(),
        }
    }

    /// The same list without one of its filters.
    #[must_use]
    pub fn sans(&self, critere: Critere) -> Self {
        self.avec(|q| match critere {
            Critere::Dispositif => q.dispositif = None,
            Critere::Recherche => q.q = None,
            Critere::Etablissement => q.etablissement = None,
            Critere::Debut => q.debut_apres = None,
            Critere::Fin => q.fin_avant = None,
            Critere::Etat => (q.etat, q.situation) = (None, None),
            Critere::Attendus => q.attendus = None,
        })
    }

    /// The same view and sort without any filter.
    #[must_use]
    pub fn sans_filtre(&self) -> Self {
        let query = FiltreDossiers { vue: self.query.vue, tri: self.query.tri, ..FiltreDossiers::default() };
        Self { query, suites: 0 }
    }

    /// The list after a change of its query, from its first page.
    #[must_use]
    pub fn avec(&self, changer: impl FnOnce(&mut FiltreDossiers)) -> Self {
        let mut query = self.query.clone();
        changer(&mut query);
        Self { query, suites: 0 }
    }

    /// The same list, as its stamps tell it to a member: not by état, but by what is shown of it.
    #[must_use]
    pub fn pour_membre(&self) -> Self {
        let montree = |etat| Situation::TOUS.iter().copied().find(|s| s.etat() == etat);
        let mut filtre = self.clone();
        let etat = filtre.query.etat.take();
        filtre.query.situation = filtre.query.situation.or(etat.and_then(montree));
        filtre
    }

    /// The other view; an état that it cannot hold is dropped.
    #[must_use]
    pub fn vers(&self, vue: Vue) -> Self {
        self.avec(|q| {
            q.vue = (vue != Vue::EnCours).then_some(vue);
            q.etat = q.etat.filter(|e| e.vue() == vue);
            q.situation = q.situation.filter(|s| s.etat().vue() == vue);
        })
    }

    /// The same list in another order.
    #[must_use]
    pub fn trie(&self, tri: Tri) -> Self {
        self.avec(|q| q.tri = (tri != Tri::Echeance).then_some(tri))
    }

    /// The same list with so many pages beyond the first.
    #[must_use]
    pub fn allonge(&self, suites: usize) -> Self {
        Self { query: self.query.clone(), suites: suites.min(PAGES_MAX) }
    }
}

#[cfg(test)]
mod tests {
    use api_types::dossiers::Tri;
    use domain::code::Code;
    use domain::dossier::{Etat, Situation, Vue};
    use jiff::civil::date;

    use super::{Critere, Filtre};

    fn lire(adresse: &str) -> Filtre {
        Filtre::lire(|nom| {
            let paires = adresse.trim_start_matches('?').split('&').filter_map(|p| p.split_once('='));
            paires.into_iter().find(|(n, _)| *n == nom).map(|(_, v)| v.replace("%20", " "))
        })
    }

    #[test]
    fn an_address_read_and_written_again_is_the_same() {
        for adresse in [
            "",
            "?vue=historique",
            "?attendus=true&debut_apres=2026-01-31&dispositif=C%20PRO&tri=-numero&suites=2",
            "?etablissement=0198c0de-0000-7000-8000-000000000001&etat=accorde&fin_avant=2026-12-31&q=1304811",
            "?situation=pieces_attendues&tri=date_debut",
        ] {
            assert_eq!(lire(adresse).adresse(), adresse);
        }
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let filtre =
            lire("?vue=ailleurs&debut_apres=2026-02-30&etat=perdu&etablissement=moi&q= &suites=x&attendus=false");
        assert_eq!(filtre, Filtre::default());
        assert_eq!(lire("?suites=9999").suites, super::PAGES_MAX);
    }

    #[test]
    fn each_filter_in_force_is_named_and_can_be_removed() {
        let filtre = lire("?attendus=true&debut_apres=2026-01-31&dispositif=PLAN&etat=accorde&q=Sow&suites=3");
        let actifs = filtre.actifs();
        assert_eq!(actifs, [Critere::Dispositif, Critere::Recherche, Critere::Debut, Critere::Etat, Critere::Attendus]);
        for critere in actifs {
            let reste = filtre.sans(critere);
            assert!(!reste.actifs().contains(&critere) && reste.suites == 0, "{critere:?}");
        }
        assert_eq!(filtre.sans(Critere::Debut).query.debut_apres, None);
        assert_eq!(filtre.query.debut_apres, Some(date(2026, 1, 31)));
        assert_eq!(filtre.sans_filtre().adresse(), "");
    }

    #[test]
    fn a_view_keeps_the_filters_that_it_can_hold() {
        let historique = lire("?etat=accorde&dispositif=PLAN").vers(Vue::Historique);
        assert_eq!(historique.adresse(), "?dispositif=PLAN&vue=historique");
        assert_eq!(lire("?etat=cloture&vue=historique").vers(Vue::Historique).query.etat, Some(Etat::Cloture));
        assert_eq!(historique.vers(Vue::EnCours).adresse(), "?dispositif=PLAN");
        assert_eq!(lire("?situation=pieces_attendues").vers(Vue::Historique).adresse(), "?vue=historique");
        assert_eq!(lire("?situation=cloture").vue(), Vue::Historique);
        assert_eq!(lire("?situation=cloture").actifs(), [Critere::Etat]);
        assert_eq!(lire("?situation=cloture&etat=cloture").sans(Critere::Etat).adresse(), "");
    }

    #[test]
    fn a_member_filters_by_what_its_stamps_say() {
        for (adresse, voulue) in [
            ("?etat=incomplet&suites=2", "?situation=pieces_attendues&suites=2"),
            ("?etat=cloture&vue=historique", "?situation=cloture&vue=historique"),
            ("?etat=accorde&situation=transmis", "?situation=transmis"),
            ("?q=Sow", "?q=Sow"),
        ] {
            assert_eq!(lire(adresse).pour_membre().adresse(), voulue, "{adresse}");
        }
        for etat in Etat::TOUS {
            let filtre = lire(&format!("?etat={}", etat.code())).pour_membre();
            assert_eq!(filtre.query.situation.map(Situation::etat), Some(*etat));
        }
    }

    #[test]
    fn sorting_starts_again_from_the_first_page() {
        let filtre = lire("?suites=2").trie(Tri::Debut);
        assert_eq!(filtre.adresse(), "?tri=-date_debut");
        assert_eq!(filtre.trie(Tri::Echeance).adresse(), "");
        assert_eq!(filtre.allonge(2).adresse(), "?tri=-date_debut&suites=2");
    }
}
