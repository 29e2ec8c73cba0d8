//! The civil time of Paris, told by the browser.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    /// Made once: building a formatter is slow.
    static FORMATEUR: Option<Intl::DateTimeFormat> = formateur();
}

fn formateur() -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    for (nom, valeur) in [
        ("timeZone", "Europe/Paris"),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
        ("second", "numeric"),
    ] {
        Reflect::set(&options, &nom.into(), &valeur.into()).ok()?;
    }
    // `en-US` has plain digits everywhere; only the numbers are read.
    Some(Intl::DateTimeFormat::new(&Array::of1(&"en-US".into()), &options))
}

/// An instant as a clock on a wall in Paris shows it.
pub fn paris(quand: Timestamp) -> DateTime {
    lire(quand).unwrap_or_else(|| {
        // A browser without time zones: Paris is one hour ahead in winter, which is better than nothing.
        let decale = Timestamp::from_second(quand.as_second().saturating_add(3600)).unwrap_or(quand);
        jiff::tz::Offset::UTC.to_datetime(decale)
    })
}

fn lire(quand: Timestamp) -> Option<DateTime> {
    let millisecondes = JsValue::from_f64(ms(quand));
    FORMATEUR.with(|formateur| {
        let parties = formateur.as_ref()?.format_to_parts(&js_sys::Date::new(&millisecondes));
        let valeur = |nom: &str| -> Option<i16> {
            let partie = parties.iter().find(|p| texte(p, "type").as_deref() == Some(nom))?;
            texte(&partie, "value")?.parse().ok()
        };
        let petit = |nom: &str| valeur(nom).and_then(|v| i8::try_from(v).ok());
        DateTime::new(
            valeur("year")?,
            petit("month")?,
            petit("day")?,
            petit("hour")?,
            petit("minute")?,
            petit("second")?,
            0,
        )
        .ok()
    })
}

fn texte(partie: &JsValue, nom: &str) -> Option<String> {
    Reflect::get(partie, &nom.into()).ok()?.as_string()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of our era fit a double exactly")]
fn ms(quand: Timestamp) -> f64 {
    quand.as_millisecond() as f64
}

/// The instant now.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of our era fit an i64")]
pub fn maintenant() -> Timestamp {
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Today in Paris.
pub fn aujourd_hui() -> Date {
    paris(maintenant()).date()
}

/// The instant at which a day ends in Paris.
pub fn fin_du_jour(jour: Date) -> Option<Timestamp> {
    fin(jour, paris)
}

/// The last day of which something that ends at an instant is still alive, in Paris.
pub fn dernier_jour(fin: Timestamp) -> Date {
    let avant = fin.as_second().saturating_sub(1);
    paris(Timestamp::from_second(avant).unwrap_or(fin)).date()
}

/// Paris is one or two hours ahead: midnight there is one of two instants.
fn fin(jour: Date, local: impl Fn(Timestamp) -> DateTime) -> Option<Timestamp> {
    let minuit = jour.tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight());
    let utc = jiff::tz::Offset::UTC.to_timestamp(minuit).ok()?.as_second();
    [2, 1, 0].iter().find_map(|heures| {
        let instant = Timestamp::from_second(utc - heures * 3600).ok()?;
        (local(instant) == minuit).then_some(instant)
    })
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::fin;

    #[test]
    fn a_day_ends_at_midnight_in_paris() {
        let jour = "2027-06-30".parse().unwrap();
        for (heures, attendu) in [(2, "2027-06-30T22:00:00Z"), (1, "2027-06-30T23:00:00Z")] {
            let local = |t: jiff::Timestamp| Offset::constant(heures).to_datetime(t);
            assert_eq!(fin(jour, local).map(|t| t.to_string()).as_deref(), Some(attendu));
        }
    }
}
