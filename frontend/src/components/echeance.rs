//! Deadlines: the date, then the distance in words; never colour alone.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::format;

/// How near a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proximite {
    /// It has passed.
    Depassee,
    /// Within seven days.
    Proche,
    /// Later.
    Lointaine,
}

impl Proximite {
    /// How near `date` is on `aujourd_hui`.
    pub fn de(date: Date, aujourd_hui: Date) -> Self {
        match format::jours_jusqu_a(date, aujourd_hui) {
            n if n < 0 => Self::Depassee,
            0..=7 => Self::Proche,
            _ => Self::Lointaine,
        }
    }

    /// The class of a block that shows it: `base base--proche`.
    pub fn classe(self, base: &str) -> String {
        match self {
            Self::Depassee => format!("{base} {base}--depassee"),
            Self::Proche => format!("{base} {base}--proche"),
            Self::Lointaine => base.to_owned(),
        }
    }

    /// The class of the words that say the distance.
    pub const fn texte(self) -> &'static str {
        match self {
            Self::Depassee => "texte-non",
            Self::Proche => "texte-signal",
            Self::Lointaine => "",
        }
    }
}

/// A date and its distance: « 30/11/2026 dans 7 jours ».
#[component]
pub fn Echeance(
    /// The day.
    date: Date,
) -> impl IntoView {
    let aujourd_hui = format::aujourd_hui();
    view! {
        <span class=Proximite::de(date, aujourd_hui).classe("echeance")>
            <b><time datetime=date.to_string()>{format::date(date)}</time></b>" "
            <span class="meta">{format::distance(date, aujourd_hui)}</span>
        </span>
    }
}

/// A calendar leaf: the day over the month. The distance is said beside it.
#[component]
pub fn Jour(
    /// The day.
    date: Date,
) -> impl IntoView {
    let (jour, mois) = format::jour_et_mois(date);
    view! {
        <p class=Proximite::de(date, format::aujourd_hui()).classe("jour")><b>{jour}</b>" "<span>{mois}</span></p>
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Proximite;

    #[test]
    fn a_deadline_is_near_within_seven_days_and_red_only_once_passed() {
        let aujourd_hui = date(2026, 11, 23);
        for (jour, attendu) in [(22, Proximite::Depassee), (23, Proximite::Proche), (30, Proximite::Proche)] {
            assert_eq!(Proximite::de(date(2026, 11, jour), aujourd_hui), attendu);
        }
        assert_eq!(Proximite::de(date(2026, 12, 1), aujourd_hui), Proximite::Lointaine);
        assert_eq!(Proximite::Proche.classe("jour"), "jour jour--proche");
    }
}
