//! The browser and the system of a request, in words that its owner recognises.

use actix_web::HttpRequest;
use actix_web::http::header;

/// Systems by a mark of `User-Agent`, the most precise first.
const SYSTEMES: &[(&str, &str)] = &[
    ("iPhone", "sur iPhone"),
    ("iPad", "sur iPad"),
    ("Android", "sous Android"),
    ("Windows", "sous Windows"),
    ("CrOS", "sous ChromeOS"),
    ("Macintosh", "sur Mac"),
    ("Linux", "sous Linux"),
];

/// Browsers by a mark of `User-Agent`: each imitates those that follow it.
const NAVIGATEURS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];

/// What the request comes from, such as « Firefox sous Linux »; « Programme » when it is no browser.
///
/// Never the text of the header itself: whoever signs in chooses it.
pub fn de(req: &HttpRequest) -> String {
    decrire(req.headers().get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default())
}

fn decrire(agent: &str) -> String {
    if !agent.starts_with("Mozilla/") {
        return "Programme".to_owned();
    }
    let trouver =
        |marques: &[(&str, &'static str)]| marques.iter().find(|(m, _)| agent.contains(m)).map(|(_, nom)| *nom);
    let navigateur = trouver(NAVIGATEURS).unwrap_or("Navigateur");
    match trouver(SYSTEMES) {
        Some(systeme) => format!("{navigateur} {systeme}"),
        None => navigateur.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decrire;

    #[test]
    fn browsers_and_systems_are_named() {
        for (agent, attendu) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
                "Chrome sous Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
                "Edge sous Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari sur iPhone",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/143.0 Mobile/15E148 Safari/604.1",
                "Chrome sur iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sous Linux"),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari sur Mac",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
                "Chrome sous Android",
            ),
            ("Mozilla/5.0 (inconnu)", "Navigateur"),
            ("curl/8.5.0", "Programme"),
            ("<script>", "Programme"),
            ("", "Programme"),
        ] {
            assert_eq!(decrire(agent), attendu, "{agent}");
        }
    }
}
