//! Where each block goes on the page.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use super::coupe::{Ligne, couper};
use super::dessin::{A4, Noeud, Repere, Texte, Trace};
use super::police::{Graisse, Polices};
use super::{Bloc, Case, Encre, Morceau, gras, simple};

const GAUCHE: f32 = 56.0;
const DROITE: f32 = A4.0 - 56.0;
const HAUT: f32 = 56.0;
const BAS: f32 = A4.1 - 64.0;
/// Blank inside a box.
const RETRAIT: f32 = 12.0;

/// Places blocks one under the other, page after page.
pub(super) struct Metteur<'p> {
    polices: &'p Polices,
    y: f32,
    pub(super) pages: Vec<Vec<Trace>>,
    pub(super) lecture: Vec<Noeud>,
    pub(super) reperes: Vec<Repere>,
}

impl<'p> Metteur<'p> {
    pub(super) fn new(polices: &'p Polices) -> Self {
        Self { polices, y: HAUT, pages: vec![Vec::new()], lecture: Vec::new(), reperes: Vec::new() }
    }

    fn coupe(&self, morceaux: &[Morceau], corps: f32, largeur: f32) -> Vec<Ligne> {
        couper(self.polices, morceaux, corps, largeur)
    }

    pub(super) fn bloc(&mut self, bloc: &Bloc) {
        match bloc {
            Bloc::Tete { marque, lignes } => self.tete(marque, lignes),
            Bloc::Titre(t) => self.titre(t, 20.0, NonZeroU16::MIN, 14.0),
            Bloc::Intertitre(t) => self.titre(t, 13.0, NonZeroU16::MIN.saturating_add(1), 6.0),
            Bloc::Texte(morceaux) => {
                let fini = self.paragraphe(morceaux, 11.0, Encre::Texte, GAUCHE);
                self.lecture.push(fini);
                self.y += 14.0;
            }
            Bloc::Etapes(etapes) => self.etapes(etapes),
            Bloc::Cases(rangs) => self.cases(rangs),
            Bloc::Note(t) => {
                let fini = self.paragraphe(&[simple(t.clone())], 9.0, Encre::Second, GAUCHE);
                self.lecture.push(fini);
                self.y += 6.0;
            }
        }
    }

    fn tete(&mut self, marque: &str, lignes: &[String]) {
        let base = self.y + 18.0;
        let nom = self.poser(GAUCHE, base, Graisse::Grasse, 20.0, Encre::Marque, marque);
        let fin = GAUCHE + self.polices.de(Graisse::Grasse).largeur(marque) * 20.0;
        self.filet((GAUCHE - 2.0, base + 6.0), (fin + 2.0, base + 6.0), 0.8, Encre::Marque);
        for x in [GAUCHE, fin] {
            self.filet((x - 3.0, base + 9.0), (x + 3.0, base + 3.0), 0.8, Encre::Marque);
        }
        let mut enfants = vec![nom];
        let graisse = |i| if i == 0 { Graisse::Grasse } else { Graisse::Normale };
        let large = lignes.iter().enumerate().map(|(i, l)| self.polices.de(graisse(i)).largeur(l) * 10.0);
        let x = DROITE - large.fold(0.0, f32::max);
        let mut y = self.y + 12.0;
        for (i, ligne) in lignes.iter().enumerate() {
            enfants.push(self.poser(x, y, graisse(i), 10.0, Encre::Texte, &format!("{ligne} ")));
            y += 15.0;
        }
        self.lecture.push(Noeud::Groupe(TagKind::from(Tag::P), enfants));
        self.y = (base + 22.0).max(y);
        self.filet((GAUCHE, self.y), (DROITE, self.y), 2.2, Encre::Marque);
        self.y += 26.0;
    }

    fn titre(&mut self, texte: &str, corps: f32, niveau: NonZeroU16, apres: f32) {
        if niveau > NonZeroU16::MIN {
            self.y += 8.0;
        }
        self.reserver(corps * 3.5);
        self.reperes.push((texte.to_owned(), self.pages.len() - 1, self.y));
        let mut enfants = Vec::new();
        for ligne in self.coupe(&[gras(texte)], corps, DROITE - GAUCHE) {
            self.y += corps * 1.2;
            enfants.extend(self.ligne(&ligne, GAUCHE, corps, Encre::Texte));
        }
        self.y += apres;
        self.lecture.push(Noeud::Groupe(Tag::Hn(niveau, Some(texte.to_owned())).into(), enfants));
    }

    fn paragraphe(&mut self, morceaux: &[Morceau], corps: f32, encre: Encre, x: f32) -> Noeud {
        let mut enfants = Vec::new();
        for ligne in self.coupe(morceaux, corps, DROITE - x) {
            self.reserver(corps * 1.5);
            self.y += corps * 1.5;
            enfants.extend(self.ligne(&ligne, x, corps, encre));
        }
        Noeud::Groupe(TagKind::from(Tag::P), enfants)
    }

    fn etapes(&mut self, etapes: &[String]) {
        let mut liste = Vec::new();
        for (i, etape) in etapes.iter().enumerate() {
            self.reserver(34.0);
            let numero =
                self.poser(GAUCHE, self.y + 16.5, Graisse::Grasse, 11.0, Encre::Marque, &format!("{}. ", i + 1));
            let corps = self.paragraphe(&[simple(etape.clone())], 11.0, Encre::Texte, GAUCHE + 24.0);
            liste.push(Noeud::Groupe(
                Tag::LI.into(),
                vec![Noeud::Groupe(Tag::Lbl.into(), vec![numero]), Noeud::Groupe(Tag::LBody.into(), vec![corps])],
            ));
            self.y += 5.0;
        }
        self.y += 6.0;
        self.lecture.push(Noeud::Groupe(Tag::L(ListNumbering::Decimal).into(), liste));
    }

    fn cases(&mut self, rangs: &[Vec<Case>]) {
        let mut liste = Vec::new();
        self.filet((GAUCHE, self.y), (DROITE, self.y), 0.8, Encre::Cadre);
        for (i, rang) in rangs.iter().enumerate() {
            let colonnes = if rang.len() > 1 { 2.0 } else { 1.0 };
            let large = (DROITE - GAUCHE) / colonnes;
            let coupes: Vec<Vec<Ligne>> = rang.iter().map(|c| self.valeur(c, large - 2.0 * RETRAIT)).collect();
            let nombre = coupes.iter().map(Vec::len).max().unwrap_or(1);
            let haut = 28.0 + 15.0 * f32::from(u8::try_from(nombre).unwrap_or(u8::MAX));
            if self.reserver(haut) {
                self.filet((GAUCHE, self.y), (DROITE, self.y), 0.8, Encre::Cadre);
            }
            let depart = self.y;
            let mut x = GAUCHE;
            for (case, lignes) in rang.iter().zip(&coupes) {
                liste.push(self.case(case, lignes, x + RETRAIT, depart));
                if x > GAUCHE {
                    self.filet((x, depart), (x, depart + haut), 0.6, Encre::Trait);
                }
                x += large;
            }
            self.y = depart + haut;
            for bord in [GAUCHE, DROITE] {
                self.filet((bord, depart), (bord, self.y), 0.8, Encre::Cadre);
            }
            let (epaisseur, encre) = if i + 1 == rangs.len() { (0.8, Encre::Cadre) } else { (0.6, Encre::Trait) };
            self.filet((GAUCHE, self.y), (DROITE, self.y), epaisseur, encre);
        }
        self.y += 14.0;
        self.lecture.push(Noeud::Groupe(Tag::L(ListNumbering::None).into(), liste));
    }

    fn valeur(&self, case: &Case, largeur: f32) -> Vec<Ligne> {
        if case.chasse_fixe {
            return vec![vec![(Graisse::Grasse, case.valeur.clone())]];
        }
        self.coupe(&[gras(case.valeur.clone())], 11.0, largeur)
    }

    fn case(&mut self, case: &Case, lignes: &[Ligne], x: f32, depart: f32) -> Noeud {
        let libelle = self.poser(x, depart + 15.0, Graisse::Normale, 9.0, Encre::Second, &format!("{} ", case.libelle));
        self.y = depart + 16.0;
        let mut valeurs = Vec::new();
        for ligne in lignes {
            self.y += 15.0;
            if case.chasse_fixe {
                let trace = self.texte(x, self.y, Graisse::Grasse, 10.0, Encre::Texte, &case.valeur);
                // Read whole, whatever the blanks that are drawn.
                let lu = Some(case.valeur.clone());
                valeurs.push(self.tracer_texte(Texte { chasse_fixe: true, lu, ..trace }));
            } else {
                valeurs.extend(self.ligne(ligne, x, 11.0, Encre::Texte));
            }
        }
        Noeud::Groupe(
            Tag::LI.into(),
            vec![Noeud::Groupe(Tag::Lbl.into(), vec![libelle]), Noeud::Groupe(Tag::LBody.into(), valeurs)],
        )
    }

    fn ligne(&mut self, ligne: &Ligne, x: f32, corps: f32, encre: Encre) -> Vec<Noeud> {
        let mut x = x;
        let mut noeuds = Vec::new();
        for (graisse, texte) in ligne {
            noeuds.push(self.poser(x, self.y, *graisse, corps, encre, texte));
            x += self.polices.de(*graisse).largeur(texte) * corps;
        }
        noeuds
    }

    /// Numbers the pages, when there are several.
    pub(super) fn folios(&mut self) {
        let total = self.pages.len();
        if total < 2 {
            return;
        }
        for page in 0..total {
            let texte = format!("Page {} sur {total}", page + 1);
            let x = DROITE - self.polices.de(Graisse::Normale).largeur(&texte) * 9.0;
            let trace = self.texte(x, A4.1 - 36.0, Graisse::Normale, 9.0, Encre::Second, &texte);
            self.pages[page].push(Trace::Texte(Texte { artefact: true, ..trace }));
        }
    }

    /// Goes to a new page when `hauteur` does not fit on this one.
    fn reserver(&mut self, hauteur: f32) -> bool {
        let deborde = self.y + hauteur > BAS;
        if deborde {
            self.pages.push(Vec::new());
            self.y = HAUT;
        }
        deborde
    }

    fn poser(&mut self, x: f32, y: f32, graisse: Graisse, corps: f32, encre: Encre, texte: &str) -> Noeud {
        let trace = self.texte(x, y, graisse, corps, encre, texte);
        self.tracer_texte(trace)
    }

    fn texte(&self, x: f32, y: f32, graisse: Graisse, corps: f32, encre: Encre, texte: &str) -> Texte {
        let lisible = self.polices.de(graisse).lisible(texte);
        let lu = (lisible != texte).then(|| texte.to_owned());
        Texte { x, y, graisse, corps, encre, dessine: lisible, lu, chasse_fixe: false, artefact: false }
    }

    fn tracer_texte(&mut self, texte: Texte) -> Noeud {
        let page = self.pages.len() - 1;
        self.pages[page].push(Trace::Texte(texte));
        Noeud::Feuille(page, self.pages[page].len() - 1)
    }

    fn filet(&mut self, de: (f32, f32), vers: (f32, f32), epaisseur: f32, encre: Encre) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Trace::Filet { de, vers, epaisseur, encre });
        }
    }
}
